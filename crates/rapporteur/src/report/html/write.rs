//! HTML that cannot be broken by what it holds: tags are the program's own words, texts and attributes are escaped, and every element
//! that was opened is closed.

use crate::report::wrap::turns;

/// A document in the making.
#[derive(Default)]
pub(super) struct Html {
    out: String,
    open: Vec<&'static str>,
}

/// Names and values; a name is the program's own word.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    /// An element that stays open until [`Html::close`].
    pub(super) fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.void(tag, attributes);
        self.open.push(tag);
    }

    /// Ends the innermost open element.
    pub(super) fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
            // Line ends only where white space means nothing, so that the source can be read.
            if matches!(
                tag,
                "section" | "article" | "p" | "li" | "dl" | "ul" | "ol" | "tr" | "h1" | "h2" | "h3" | "h4" | "svg"
            ) {
                self.out.push('\n');
            }
        }
    }

    /// An element without content.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Text, shown as it is.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// The program's own style sheet, which holds no `<`.
    pub(super) fn style(&mut self, sheet: &'static str) {
        self.open("style", &[]);
        self.out.push_str(sheet);
        self.close();
    }

    /// The whole document; what is still open is closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.insert_str(0, "<!DOCTYPE html>\n");
        self.out.push('\n');
        self.out
    }
}

/// Characters that HTML would take for marks are written as references; those that it does not allow, and those that would turn the
/// direction of what follows, are shown as unknown ones, one for one.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\r' => out.push(' '),
            c if c.is_control() || turns(c) || is_noncharacter(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Code points that stand for no character (HTML: parse error).
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (u32::from(c) & 0xfffe) == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_holds_it_stays_text() {
        let mut html = Html::default();
        html.open("p", &[("title", "\" onclick=\"alert(1)"), ("class", "a'b")]);
        html.text("<script>alert('x')</script> & \u{0}\u{1b}[31m\u{202e}cod\u{2069}e\u{85}\u{ffff}\r\n");
        let page = html.finish();
        assert_eq!(
            page,
            "<!DOCTYPE html>\n<p title=\"&quot; onclick=&quot;alert(1)\" class=\"a&#39;b\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; \
             &amp; \u{fffd}\u{fffd}[31m\u{fffd}cod\u{fffd}e\u{fffd}\u{fffd} \n</p>\n\n"
        );
    }

    #[test]
    fn what_was_opened_is_closed() {
        let mut html = Html::default();
        html.open("a", &[]);
        html.open("b", &[]);
        html.close();
        html.close();
        html.close();
        assert_eq!(html.finish(), "<!DOCTYPE html>\n<a><b></b></a>\n");
    }
}
