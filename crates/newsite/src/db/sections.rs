//! The section tree.

use sqlx::{Row, any::AnyRow};
use story::Section;

use super::Db;

impl Db {
    /// All sections, parents and children, by their place.
    pub(crate) async fn sections(&self) -> Result<Vec<Section>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT slug, name_bn, name_en, parent, position FROM sections ORDER BY position, slug",
        );
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// Adds a section; one that is there already stays as it is.
    pub(crate) async fn add_section(&self, section: &Section) -> Result<(), sqlx::Error> {
        let insert = "INSERT INTO sections (slug, name_bn, name_en, parent, position) \
                      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (slug) DO NOTHING";
        let query = sqlx::query(insert).bind(&section.slug).bind(&section.name_bn).bind(&section.name_en);
        let query = query.bind(section.parent.as_deref()).bind(i64::from(section.position));
        query.execute(self.pool()).await.map(drop)
    }
}

fn read(row: &AnyRow) -> Result<Section, sqlx::Error> {
    let position: i64 = row.try_get("position")?;
    Ok(Section {
        slug: row.try_get("slug")?,
        name_bn: row.try_get("name_bn")?,
        name_en: row.try_get("name_en")?,
        parent: row.try_get("parent")?,
        position: u32::try_from(position).unwrap_or(u32::MAX),
    })
}
