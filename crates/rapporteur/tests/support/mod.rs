//! Articles with findings given by hand: the words are looked up in the text, so that spans are true.
#![allow(dead_code, missing_docs, unreachable_pub)]

pub mod record;

use rapporteur::Span;
use rapporteur::extract::*;
use rapporteur::ingest::{Article, Block, BlockKind};
use rapporteur::provenance::ArticleId;

pub struct Told {
    pub article: Article,
    pub findings: Findings,
}

pub fn told(path: &str, text: &str) -> Told {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::new(start, start + line.len());
        if !line.trim().is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
        start = span.end + 1;
    }
    let article = Article {
        id: ArticleId::of(text),
        path: path.to_owned(),
        url: None,
        outlet: None,
        language: Some("en".to_owned()),
        published: None,
        headline: None,
        title: None,
        dateline: None,
        byline: None,
        text: text.to_owned(),
        blocks,
        notes: Vec::new(),
    };
    Told { article, findings: Findings::default() }
}

pub fn entity(id: &str) -> EntityId {
    EntityId(id.to_owned())
}

pub fn somebody(id: &str, name: &str) -> Holder {
    Holder { kind: HolderKind::Entity, entity: Some(entity(id)), name: name.to_owned(), span: None }
}

impl Told {
    pub fn span(&self, words: &str) -> Span {
        let start = self.article.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
        Span::new(start, start + words.len())
    }

    pub fn names(mut self, id: &str, kind: EntityKind, name: &str, words: &str) -> Told {
        let mentions = vec![self.span(words)];
        self.findings.entities.push(Entity {
            id: entity(id),
            kind,
            name: name.to_owned(),
            iso3: None,
            wikidata: None,
            mentions,
        });
        self
    }

    #[allow(clippy::too_many_arguments)]
    pub fn stage(
        mut self,
        words: &str,
        participant: &str,
        lo: u8,
        hi: u8,
        realis: Realis,
        by: By,
        holder: Holder,
    ) -> Told {
        let wording = self.span(words);
        let factuality = if lo == 0 { Factuality::CertainNo } else { Factuality::CertainYes };
        self.findings.stages.push(StageMention {
            participant: entity(participant),
            agreement: entity("agreement:zangezur-accord"),
            lo,
            hi,
            stage: Stage::of_rank(lo),
            side: None,
            by,
            holder,
            realis,
            factuality,
            wording,
            rule: "test".to_owned(),
        });
        self
    }

    pub fn quote(mut self, words: &str, form: Form, holder: Holder, medium: Option<&str>) -> Told {
        let content = self.span(words);
        let medium = medium.map(str::to_owned);
        let (source, cue) = (None, None);
        self.findings.quotations.push(Quotation {
            form,
            content,
            source,
            cue,
            holder,
            medium,
            carried_over: false,
            uttered: true,
            rule: "test",
        });
        self
    }

    pub fn office(mut self, words: &str, person: &str, role: &str, of: &str, check: RoleCheck) -> Told {
        let span = self.span(words);
        let (person, role, of) = (entity(person), role.to_owned(), Some(entity(of)));
        self.findings.roles.push(Role { person, role, of, span, check, note: None, rule: "test" });
        self
    }

    pub fn candidate(mut self, words: &str, participant: &str, polarity: Polarity, holder: Holder) -> Told {
        let span = self.span(words);
        let (participant, agreement) = (entity(participant), entity("agreement:zangezur-accord"));
        self.findings.candidates.push(Candidate {
            participant,
            agreement,
            holder,
            polarity,
            span,
            rule: "test".to_owned(),
        });
        self
    }

    pub fn member(mut self, words: &str, participant: &str, status: MemberStatus) -> Told {
        let span = self.span(words);
        let (participant, agreement) = (entity(participant), entity("agreement:zangezur-accord"));
        self.findings.members.push(Member {
            participant,
            agreement,
            status,
            as_of: None,
            span,
            rule: "test".to_owned(),
        });
        self
    }

    pub fn credit(mut self, words: &str) -> Told {
        let span = self.span(words);
        self.findings.credits.push(Credit { outlet_or_agency: words.to_owned(), span, rule: "test" });
        self
    }

    pub fn done(self) -> (Article, Findings) {
        (self.article, self.findings)
    }
}

/// Three articles of one event: told as done, told as announced with a ceremony to come, and told with other words and another title.
pub fn three() -> Vec<(Article, Findings)> {
    let aliyev = || somebody("person:ilham-aliyev", "Ilham Aliyev");
    let envoy = || somebody("person:anna-holm", "Anna Holm");
    let common = |t: Told| {
        t.names("iso3:ARM", EntityKind::State, "Armenia", "Armenia").names(
            "agreement:zangezur-accord",
            EntityKind::Agreement,
            "Zangezur Accord",
            "Zangezur Accord",
        )
    };
    let first = told(
        "in/1.txt",
        "Armenia joins the Zangezur Accord.\nPresident Ilham Aliyev wrote: “Armenia is the first of many neighbours to come to us.” \
         Georgia could follow. The accord has Turkey and Georgia as members.",
    );
    let first = common(first)
        .stage("joins the Zangezur Accord", "iso3:ARM", 4, 7, Realis::Actual, By::Outlet, Holder::outlet())
        .quote("Armenia is the first of many neighbours to come to us.", Form::Direct, aliyev(), Some("post"))
        .office("President Ilham Aliyev", "person:ilham-aliyev", "President", "iso3:AZE", RoleCheck::Ok)
        .candidate("Georgia could follow", "iso3:GEO", Polarity::For, Holder::outlet())
        .member("has Turkey and Georgia as members", "iso3:TUR", MemberStatus::Member)
        .member("Turkey and Georgia as members", "iso3:GEO", MemberStatus::Member)
        .done();
    let second = told(
        "in/2.txt",
        "Armenia will join the Zangezur Accord, Aliyev said.\nA ceremony will be announced. “Armenia is the first of many neighbours to \
         come to us”, he wrote. Envoy Anna Holm told the Ararat Wire that Georgia may be next. A Georgian official said it is not ready. \
         Turkey is in.",
    );
    let second = common(second)
        .names("iso3:GEO", EntityKind::State, "Georgia", "Georgian")
        .stage("will join the Zangezur Accord", "iso3:ARM", 4, 4, Realis::Future, By::Broker, aliyev())
        .stage("A ceremony will be announced", "iso3:ARM", 0, 4, Realis::Future, By::Outlet, Holder::outlet())
        .quote("Armenia is the first of many neighbours to come to us", Form::Direct, aliyev(), None)
        .candidate("Georgia may be next", "iso3:GEO", Polarity::For, envoy())
        .credit("Ararat Wire");
    let georgian = Holder {
        kind: HolderKind::Role,
        entity: None,
        name: "A Georgian official".to_owned(),
        span: Some(second.span("A Georgian official")),
    };
    let second = second
        .candidate("it is not ready", "iso3:GEO", Polarity::Against, georgian)
        .member("Turkey is in", "iso3:TUR", MemberStatus::Member)
        .done();
    let third = told(
        "in/10.txt",
        "Armenia is set to join the Zangezur Accord after a call with former President Ilham Aliyev.\nHe spoke of “the first of many \
         neighbours”. Analysts say Armenia may yet be in force by May. Turkey, Georgia and Iran signed it before.",
    );
    let third = common(third)
        .stage("is set to join the Zangezur Accord", "iso3:ARM", 4, 4, Realis::Future, By::Outlet, Holder::outlet())
        .stage(
            "may yet be in force",
            "iso3:ARM",
            1,
            2,
            Realis::Hypothetical,
            By::Third,
            somebody("name:analysts", "analysts"),
        )
        .quote("the first of many neighbours", Form::Mixed, aliyev(), None)
        .office("former President Ilham Aliyev", "person:ilham-aliyev", "President", "iso3:AZE", RoleCheck::Conflict)
        .member("Turkey, Georgia and Iran signed it", "iso3:TUR", MemberStatus::Member)
        .member("Georgia and Iran signed it", "iso3:GEO", MemberStatus::Member)
        .member("Iran signed it", "iso3:IRN", MemberStatus::Member)
        .done();
    vec![first, second, third]
}
