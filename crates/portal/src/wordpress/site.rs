//! Requests to one WordPress: where its REST API is, and answers judged by what WordPress says in them.

use reqwest::{Method, RequestBuilder, header::CONTENT_TYPE};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use story::Cause;
use tokio::sync::OnceCell;
use url::form_urlencoded;

use super::{account::Own, error};
use crate::{
    address::Address,
    failure::Failure,
    http::{Answer, Effect, Proof, Wire},
    secret::Secret,
};

/// The namespace that the companion plugin adds.
const COMPANION: &str = "khosra/v1";
/// Every WordPress that we can speak to has it.
const CORE: &str = "wp/v2";

pub(super) struct Site {
    wire: Wire,
    root: OnceCell<Root>,
    /// Who is signed in: see [`super::account::own`].
    pub(super) own: OnceCell<Own>,
}

/// What the API's own front page says.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// The site's name, entities and all.
    pub(super) name: String,
    /// The companion plugin is there.
    pub(super) companion: bool,
    /// Addresses are `wp-json/…`; else they are a query of the front page.
    pretty: bool,
}

#[derive(Deserialize)]
struct Index {
    #[serde(default)]
    name: String,
    namespaces: Vec<String>,
}

/// `?name=value&…`, unescaped.
pub(super) type Query<'a> = &'a [(&'a str, &'a str)];

impl Site {
    /// `token` is `user:password`.
    pub(super) fn new(address: &Address, token: Secret) -> Result<Self, Failure> {
        let wire = Wire::new(address, Proof::Basic(token))?;
        Ok(Self { wire, root: OnceCell::new(), own: OnceCell::new() })
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    /// Asked once.
    pub(super) async fn root(&self) -> Result<&Root, Failure> {
        self.root.get_or_try_init(|| self.discover()).await
    }

    /// Where the web server knows no pretty addresses it answers with a page of its own, or with the front page.
    async fn discover(&self) -> Result<Root, Failure> {
        match self.index(true).await {
            Err(failure)
                if matches!(failure.cause, Cause::NotFound | Cause::NotTheContract | Cause::LoginPage) =>
            {
                self.index(false).await
            }
            answer => answer,
        }
    }

    async fn index(&self, pretty: bool) -> Result<Root, Failure> {
        let path = place(pretty, "", &[("_fields", "name,namespaces")]);
        let answer = self.wire.ask(self.wire.request(Method::GET, &path)?, Effect::Reads).await?;
        if answer.status != 200 {
            return Err(error::refusal(&self.wire, &answer));
        }
        let index: Index = self.wire.read(&answer)?;
        let has = |name: &str| index.namespaces.iter().any(|one| one == name);
        if !has(CORE) {
            return Err(Failure::harmless(Cause::NotTheContract, "a WordPress without wp/v2"));
        }
        Ok(Root { companion: has(COMPANION), name: index.name, pretty })
    }

    /// A request for a route such as `wp/v2/posts`.
    pub(super) async fn request(
        &self,
        method: Method,
        route: &str,
        query: Query<'_>,
    ) -> Result<RequestBuilder, Failure> {
        let pretty = self.root().await?.pretty;
        self.wire.request(method, &place(pretty, route, query))
    }

    /// Sends, and gives back an answer only if WordPress did what was asked.
    pub(super) async fn send(&self, request: RequestBuilder, effect: Effect) -> Result<Answer, Failure> {
        let answer = self.wire.ask(request, effect).await?;
        match answer.status {
            200 | 201 => Ok(answer),
            _ => Err(error::refusal(&self.wire, &answer)),
        }
    }

    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        route: &str,
        query: Query<'_>,
    ) -> Result<T, Failure> {
        let request = self.request(Method::GET, route, query).await?;
        self.wire.read(&self.send(request, Effect::Reads).await?)
    }

    /// All pages of a collection, at most `MAX_PAGES`.
    pub(super) async fn read_all<T: DeserializeOwned>(
        &self,
        route: &str,
        query: Query<'_>,
    ) -> Result<Vec<T>, Failure> {
        const MAX_PAGES: u32 = 50;
        let mut all = Vec::new();
        for page in 1..=MAX_PAGES {
            let number = page.to_string();
            let paged = [query, &[("per_page", "100"), ("page", &number)]].concat();
            let answer = self.send(self.request(Method::GET, route, &paged).await?, Effect::Reads).await?;
            let pages = answer.header("x-wp-totalpages").and_then(|pages| pages.parse().ok()).unwrap_or(1);
            all.extend(self.wire.read::<Vec<T>>(&answer)?);
            if page >= pages {
                break;
            }
        }
        Ok(all)
    }

    /// A change, its body as JSON.
    pub(super) async fn write(&self, request: RequestBuilder, body: &Value) -> Result<Answer, Failure> {
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        self.send(request, Effect::Writes).await
    }
}

fn place(pretty: bool, route: &str, query: Query<'_>) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if !pretty {
        pairs.append_pair("rest_route", &format!("/{route}"));
    }
    let pairs = pairs.extend_pairs(query).finish();
    let front = if pretty { format!("wp-json/{route}") } else { String::new() };
    if pairs.is_empty() { front } else { format!("{front}?{pairs}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_a_path_or_a_query_of_the_front_page() {
        let query = [("search", "ক&খ")];
        assert_eq!(place(true, "wp/v2/posts", &query), "wp-json/wp/v2/posts?search=%E0%A6%95%26%E0%A6%96");
        assert_eq!(place(true, "wp/v2/posts/7", &[]), "wp-json/wp/v2/posts/7");
        assert_eq!(place(false, "wp/v2/posts/7", &[]), "?rest_route=%2Fwp%2Fv2%2Fposts%2F7");
    }
}
