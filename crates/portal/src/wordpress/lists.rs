//! What readers see on the front page.

use super::{html, post::Post, sections::Tree, site::Site};
use crate::{failure::Failure, portal::ListItem};

pub(super) async fn latest(site: &Site) -> Result<Vec<ListItem>, Failure> {
    let fields = ("_fields", "id,date_gmt,link,title.rendered,excerpt.rendered,categories");
    let posts: Vec<Post> = site.read("wp/v2/posts", &[("per_page", "20"), fields]).await?;
    let sections = Tree::read(site).await?;
    let item = |post: Post| {
        Some(ListItem {
            id: post.id.to_string(),
            headline: html::plain_text(&post.title.rendered),
            section: sections.innermost(&post.categories),
            teaser: html::plain_text(&post.excerpt.rendered),
            published_at: post.date()?,
            url: post.link,
        })
    };
    Ok(posts.into_iter().filter_map(item).collect())
}
