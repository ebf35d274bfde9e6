//! What other machines read of a page: the share card (Open Graph, Twitter) and `schema.org/NewsArticle`.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Asia::Dhaka;
use minijinja::Value;
use serde::Serialize;
use serde_json::json;
use story::Language;

use crate::{
    Context, Correction, Picture, StoryPage, teaser,
    view::{name_of, path_to},
};

/// The head's part of a page.
#[derive(Serialize)]
pub(crate) struct Share {
    title: String,
    description: String,
    kind: &'static str,
    canonical: Option<String>,
    image: Option<String>,
    image_alt: String,
    published: Option<String>,
    modified: Option<String>,
    section: String,
    tags: Vec<String>,
    locale: &'static str,
    ld_json: Option<Value>,
}

impl Share {
    /// A story's page.
    pub(crate) fn of_story(page: &StoryPage<'_>, context: &Context<'_>) -> Self {
        let content = page.content;
        let lead = content.lead_photo();
        let picture = lead.and_then(|photo| context.addresses.photo(&photo.id));
        let section =
            path_to(context, &content.section).last().map(|section| name_of(section, content.language));
        let standfirst = content.standfirst.trim();
        let description = if standfirst.is_empty() { teaser(&content.body) } else { standfirst.to_owned() };
        let mut share = Self {
            title: content.headline.trim().to_owned(),
            description,
            kind: "article",
            canonical: page.canonical_url.clone(),
            image: picture.and_then(|picture| absolute(&picture, context)),
            image_alt: lead.map(|photo| photo.alt.trim().to_owned()).unwrap_or_default(),
            published: page.first_published().map(machine_time),
            modified: page.updated_at.or(page.first_published()).map(machine_time),
            section: section.unwrap_or_default(),
            tags: content.tags.clone(),
            locale: locale(content.language),
            ld_json: None,
        };
        share.ld_json = Some(Value::from_safe_string(share.news_article(page, context)));
        share
    }

    /// A page that is only about the site.
    pub(crate) fn of_site(context: &Context<'_>, title: &str, path: &str) -> Self {
        let url = context.site.url.as_ref();
        Self {
            kind: "website",
            canonical: url.filter(|_| path.starts_with('/')).map(|url| format!("{url}{path}")),
            ..Self::of_nothing(title)
        }
    }

    /// A page that no machine shall keep.
    pub(crate) fn of_nothing(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            description: String::new(),
            kind: "website",
            canonical: None,
            image: None,
            image_alt: String::new(),
            published: None,
            modified: None,
            section: String::new(),
            tags: Vec::new(),
            locale: locale(Language::Bn),
            ld_json: None,
        }
    }

    fn news_article(&self, page: &StoryPage<'_>, context: &Context<'_>) -> String {
        let (content, site) = (page.content, context.site);
        let publisher = match content.language {
            Language::Bn => &site.name_bn,
            Language::En => &site.name_en,
        };
        let mut article = json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.description,
            "inLanguage": content.language.tag(),
            "datePublished": self.published,
            "dateModified": self.modified,
            "author": { "@type": "Person", "name": content.byline.trim() },
            "publisher": { "@type": "NewsMediaOrganization", "name": publisher, "url": site.url },
            "articleSection": self.section,
            "keywords": self.tags,
            "image": self.image.iter().collect::<Vec<_>>(),
            "mainEntityOfPage": self.canonical,
        });
        if let Some(fields) = article.as_object_mut() {
            if let Some(made) = &page.correction {
                fields.insert("correction".to_owned(), correction_comment(made));
            }
            fields.retain(|_, value| !value.is_null());
        }
        for_script(&article.to_string())
    }
}

fn correction_comment(made: &Correction) -> serde_json::Value {
    json!({
        "@type": "CorrectionComment",
        "text": made.note.trim(),
        "datePublished": machine_time(made.at),
    })
}

/// JSON that can stand in a `script` element: nothing in it ends the element or begins a comment.
fn for_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 32);
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(letter)))
            }
            other => safe.push(other),
        }
    }
    safe
}

/// The picture's address for other machines; one that only this page can reach has none.
fn absolute(picture: &Picture, context: &Context<'_>) -> Option<String> {
    if picture.src.starts_with("https://") || picture.src.starts_with("http://") {
        return Some(picture.src.clone());
    }
    let url = context.site.url.as_ref()?;
    picture.src.starts_with('/').then(|| format!("{url}{}", picture.src))
}

fn machine_time(time: DateTime<Utc>) -> String {
    time.with_timezone(&Dhaka).to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn locale(language: Language) -> &'static str {
    match language {
        Language::Bn => "bn_BD",
        Language::En => "en_GB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_json_ends_its_element() {
        let json = for_script(&json!({ "headline": "</script><!--\u{2028}&" }).to_string());
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["headline"], "</script><!--\u{2028}&");
    }
}
