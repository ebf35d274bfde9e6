//! WordPress's categories are the portal's sections.

use serde::Deserialize;
use story::Section;

use super::{html, site::Site};
use crate::failure::Failure;

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Category {
    pub(super) id: u64,
    #[serde(default)]
    name: String,
    slug: String,
    #[serde(default)]
    parent: u64,
}

/// All categories.
pub(super) struct Tree(Vec<Category>);

impl Tree {
    pub(super) async fn read(site: &Site) -> Result<Self, Failure> {
        let query = [("hide_empty", "false"), ("orderby", "id"), ("_fields", "id,name,slug,parent")];
        site.read_all("wp/v2/categories", &query).await.map(Self)
    }

    pub(super) fn id(&self, slug: &str) -> Option<u64> {
        self.0.iter().find(|category| category.slug == slug).map(|category| category.id)
    }

    pub(super) fn slug(&self, id: u64) -> Option<&str> {
        self.0.iter().find(|category| category.id == id).map(|category| category.slug.as_str())
    }

    /// The slug of the innermost of these categories; empty when there is none.
    pub(super) fn innermost(&self, ids: &[u64]) -> String {
        let is_parent = |id: u64| self.0.iter().any(|one| ids.contains(&one.id) && one.parent == id);
        let leaf = ids.iter().find(|id| !is_parent(**id));
        leaf.and_then(|id| self.slug(*id)).unwrap_or_default().to_owned()
    }

    /// WordPress has one name for both languages.
    pub(super) fn sections(&self) -> Vec<Section> {
        let section = |(position, category): (usize, &Category)| {
            let name = html::unescape(&category.name);
            Section {
                slug: category.slug.clone(),
                name_bn: name.clone(),
                name_en: name,
                parent: self.slug(category.parent).map(str::to_owned),
                position: u32::try_from(position).unwrap_or(u32::MAX),
            }
        };
        self.0.iter().enumerate().map(section).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let category =
            |id, slug: &str, parent| Category { id, slug: slug.into(), name: "ক &amp; খ".into(), parent };
        Tree(vec![category(2, "national", 0), category(3, "politics", 2), category(4, "election", 3)])
    }

    #[test]
    fn a_section_names_its_parent_by_slug_and_itself_in_plain_letters() {
        let sections = tree().sections();
        assert_eq!((sections[2].parent.as_deref(), sections[0].parent.as_deref()), (Some("politics"), None));
        assert_eq!(sections[1].name_bn, "ক & খ");
    }

    #[test]
    fn a_story_stands_in_the_innermost_of_its_categories() {
        assert_eq!(tree().innermost(&[2, 4, 3]), "election");
        assert_eq!(tree().innermost(&[2]), "national");
        assert_eq!(tree().innermost(&[9]), "");
    }
}
