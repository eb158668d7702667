//! From the findings of a story's articles to what they together establish.
