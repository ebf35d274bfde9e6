//! Everything once more over PostgreSQL: a server of our own on loopback, one database for each test, and this
//! same test program again, told where the server is.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use sqlx::{AnyConnection, Connection as _, Executor as _};
use tempfile::TempDir;

/// Names the server to the tests that are to run over it, such as `postgres://site@127.0.0.1:40123`.
const SERVER: &str = "NEWSITE_TEST_POSTGRES";

/// Whether this run is the one over PostgreSQL.
pub fn is_meant() -> bool {
    std::env::var_os(SERVER).is_some()
}

/// An empty database's address, when this run is over PostgreSQL.
pub async fn database() -> Option<String> {
    let server = std::env::var(SERVER).ok()?;
    sqlx::any::install_default_drivers();
    let name = format!("t{}", crate::desk::new_id().replace('-', ""));
    let mut connection = AnyConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let create = format!("CREATE DATABASE {name} TEMPLATE template0");
    connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(create))).await.unwrap();
    connection.close().await.unwrap();
    Some(format!("{server}/{name}"))
}

#[test]
fn the_whole_suite_holds_over_postgresql_too() {
    if is_meant() {
        return;
    }
    let Some(server) = Server::start() else { return };
    let mut suite = Command::new(std::env::current_exe().unwrap());
    // The photos' store, and the program that serves from it, do not depend on the database.
    suite.args(["--test-threads=4", "--skip=postgres::", "--skip=s3::"]).env(SERVER, server.url());
    // What the runner of this test tells its tests is not meant for the suite below it.
    suite.env_remove("NEXTEST").stdin(Stdio::null());
    let output = suite.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    let summary = text.lines().find(|line| line.starts_with("test result: ok.")).unwrap();
    let passed: usize = summary.split_whitespace().nth(3).unwrap().parse().unwrap();
    assert!(passed > 60, "{summary}");
}

/// A server with its data in a folder of its own; it stops with this.
struct Server {
    tools: PathBuf,
    folder: TempDir,
    port: u16,
    owner: Option<u32>,
}

impl Server {
    /// `None`, with a sentence, where PostgreSQL is not installed.
    fn start() -> Option<Self> {
        let Some(tools) = tools() else {
            println!("SKIPPED: PostgreSQL is not installed (on Debian: postgresql)");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { tools, owner: owner(), folder, port };
        if let Some(owner) = server.owner {
            std::os::unix::fs::chown(server.folder.path(), Some(owner), Some(owner)).unwrap();
        }
        server.run(
            "initdb",
            &["--auth=trust", "--username=site", "--no-sync", "--encoding=UTF8", "--locale=C"],
        );
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off \
             -c max_connections=120"
        );
        server.run("pg_ctl", &["start", "--wait", "--log=/dev/null", "--options", &options]);
        Some(server)
    }

    fn url(&self) -> String {
        format!("postgres://site@127.0.0.1:{}", self.port)
    }

    /// Runs one of PostgreSQL's tools on the data, never as root: PostgreSQL refuses that.
    fn run(&self, tool: &str, arguments: &[&str]) {
        use std::os::unix::process::CommandExt as _;
        let mut command = Command::new(self.tools.join(tool));
        command.args(arguments).arg("--pgdata").arg(self.folder.path().join("data")).current_dir("/");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(owner) = self.owner {
            command.uid(owner).gid(owner);
        }
        let began = Instant::now();
        let status = command.status().unwrap();
        assert!(status.success(), "{tool} ended with {status}");
        assert!(began.elapsed() < Duration::from_secs(60), "{tool} took {:?}", began.elapsed());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["stop", "--mode=fast", "--wait"]);
    }
}

/// Where the tools are: Debian keeps them out of the path, one folder for each version.
fn tools() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let everywhere: Vec<PathBuf> = debian.chain(std::env::split_paths(&path)).collect();
    everywhere
        .into_iter()
        .find(|folder| has(folder, "initdb") && has(folder, "pg_ctl") && has(folder, "postgres"))
}

fn has(folder: &Path, tool: &str) -> bool {
    folder.join(tool).is_file()
}

/// Whom the server belongs to: whoever runs the test, or nobody when that is root.
fn owner() -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    let probe = tempfile::tempdir().unwrap();
    (probe.path().metadata().unwrap().uid() == 0).then_some(65_534)
}
