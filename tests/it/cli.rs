//! Running `khosra-cli` in a folder of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use newsite::Running;
use serde_json::Value;
use tempfile::TempDir;
use testkit::{jpeg_with_place, portal};

/// The password's and the tokens' place in the environment is no place for the test's own.
const PROGRAM: &str = env!("CARGO_BIN_EXE_khosra-cli");

/// What a run came to.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Done, with this on standard output.
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out.trim().to_owned()
    }

    /// Ended with this code and a sentence that is not a panic.
    pub fn stopped(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        assert!(!self.err.trim().is_empty() && !self.err.contains("panicked"), "{}", self.err);
        self.err
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

/// A folder with a store, and a portal when one is asked for.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("store")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("--store").arg(self.store()).args(arguments).stdin(Stdio::null());
        command.env("KHOSRA_KEYCHAIN", "off").env("KHOSRA_LOG", "trace").env("HOME", self.folder.path());
        command.env_remove("KHOSRA_PASSWORD").current_dir(self.folder.path());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).output().unwrap())
    }

    pub fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A portal beside the store.
    pub async fn portal(&self) -> Running {
        portal(&self.path("site"), 0, &[]).await
    }

    pub fn sign_in(&self, site: &Running) {
        self.sign_in_at(&site.url(), site);
    }

    /// To a portal that is reached under another address than its own.
    pub fn sign_in_at(&self, url: &str, site: &Running) {
        self.sign_in_with(url, editor(site));
    }

    pub fn sign_in_as(&self, role: story::Role, site: &Running) {
        self.sign_in_with(&site.url(), testkit::account(site, role));
    }

    fn sign_in_with(&self, url: &str, account: &newsite::Account) {
        let arguments = ["portal", "add", "ঘর", "--kind", "native", "--url", url, "--user", &account.user];
        let mut command = self.command(&arguments);
        command.env("KHOSRA_PASSWORD", &account.password);
        ran(command.output().unwrap()).done();
    }

    /// A story with a photo, imported; its id.
    pub fn story(&self, headline: &str) -> String {
        self.story_in("bangladesh", headline)
    }

    /// The same in another section.
    pub fn story_in(&self, section: &str, headline: &str) -> String {
        self.file("river.jpg", jpeg_with_place());
        let text = story_file(headline).replace("section: bangladesh", &format!("section: {section}"));
        let file = self.file("story.md", text);
        self.run(&["story", "import", arg(&file)]).done()
    }
}

/// The account that may publish.
pub fn editor(site: &Running) -> &newsite::Account {
    testkit::account(site, story::Role::Editor)
}

pub fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn story_file(headline: &str) -> String {
    format!(
        "---\nheadline: {headline}\nstandfirst: দুই বছর পর ঘাট চালু\nbyline: নাসরিন সুলতানা\ndateline: খুলনা\n\
         source: নদীবার্তা\nsection: bangladesh\ntags: [নদী, ঘাট]\nlanguage: bn\nphotos:\n  - file: river.jpg\n    \
         caption: সন্ধ্যার ঘাট\n    credit: রফিকুল ইসলাম\n    alt: ঘাটে বাঁধা নৌকা\n    lead: true\n---\n\n\
         ভোরের আলো ফোটার আগেই ঘাটে **ভিড়** জমে।\n\n## নতুন ঘাট\n\nকৃষ্ণচূড়ার ছায়ায় বসে স্মৃতিচারণ করেন বৃদ্ধ মাঝি।\n"
    )
}

pub async fn page(url: &str) -> String {
    String::from_utf8(testkit::fetch(url).await).unwrap()
}

pub async fn articles(site: &Running, headline: &str) -> usize {
    page(&format!("{}/feed.xml", site.url())).await.matches(&format!("<title>{headline}</title>")).count()
}
