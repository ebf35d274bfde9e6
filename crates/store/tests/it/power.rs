//! A power cut on an ext4 image of our own: the file system drops whatever is not durable yet.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use khosra_store::{Condition, Store};

use crate::desk::{content, new_story, open, options, save, story};

fn run(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|output| output.status.success())
}

fn mount(image: &Path, at: &Path) -> bool {
    run("mount", &["-o", "loop", image.to_str().unwrap(), at.to_str().unwrap()])
}

/// The child: saves as quickly as it can and tells each counter once it is acknowledged.
#[test]
#[ignore = "run by the test beside it, in a process of its own"]
fn saves_without_end() {
    let Some(folder) = std::env::var_os("KHOSRA_ENDLESS").map(PathBuf::from) else { return };
    let store = Store::open(options(&folder)).unwrap().store;
    if store.row(story(1)).is_err() {
        store.create_story(new_story(1, content("লেখা 1"))).unwrap();
    }
    let mut counter = store.row(story(1)).unwrap().counter;
    loop {
        counter += 1;
        let Ok(saved) = store.save_draft(save(1, counter, &format!("লেখা {counter}"))) else {
            return;
        };
        println!("acknowledged {}", saved.counter);
    }
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let (image, disk) = (folder.path().join("image"), folder.path().join("disk"));
    std::fs::create_dir(&disk).unwrap();
    std::fs::File::create(&image).unwrap().set_len(96 << 20).unwrap();
    let made = run("mkfs.ext4", &["-q", "-F", image.to_str().unwrap()]);
    if !made || !run("python3", &["-c", "import fcntl"]) || !mount(&image, &disk) {
        eprintln!("skipped: no ext4 image can be mounted here");
        return;
    }
    let mut last = 0;
    for round in 0..6_u64 {
        last = last.max(cut_while_saving(&disk, Duration::from_millis(150 + 70 * round)));
        assert!(run("umount", &[disk.to_str().unwrap()]));
        assert!(mount(&image, &disk));
        let opened = open(&disk.join("store"));
        assert!(matches!(opened.condition, Condition::Fresh | Condition::Current), "{:?}", opened.condition);
        let Ok(draft) = opened.store.draft(story(1)) else {
            assert_eq!(last, 0);
            continue;
        };
        assert!(draft.row.counter >= last, "round {round}: {} of {last}", draft.row.counter);
        assert_eq!(draft.content.body, format!("লেখা {}", draft.row.counter));
    }
    assert!(last > 10, "only {last} saves in all");
    assert!(run("umount", &[disk.to_str().unwrap()]));
}

/// Cuts the power while the child saves; gives the last counter that was acknowledged before.
fn cut_while_saving(disk: &Path, after: Duration) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "power::saves_without_end", "--ignored", "--nocapture"])
        .env("KHOSRA_ENDLESS", disk.join("store"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let cut = Command::new("python3")
        .args(["-c", include_str!("powercut.py"), disk.to_str().unwrap(), &after.as_secs_f64().to_string()])
        .stdin(child.stdout.take().unwrap())
        .output()
        .unwrap();
    let _ = child.kill();
    child.wait().unwrap();
    assert!(cut.status.success(), "{}", String::from_utf8_lossy(&cut.stderr));
    String::from_utf8(cut.stdout).unwrap().trim().parse().unwrap()
}
