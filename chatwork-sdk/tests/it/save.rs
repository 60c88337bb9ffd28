//! Downloads that are written to disk.

use crate::support::files::{bytes, file, folder, names};
use crate::support::{Hosted, refused};
use chatwork_sdk::Error;

#[tokio::test]
async fn a_file_is_saved_as_it_is() {
    let (folder, content) = (folder(), bytes(300_000));
    let path = folder.path().join("copy.bin");
    let download = Hosted::whole("a.bin", &content).await.download().await.unwrap();
    download.save_to(&path).await.unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
}

#[tokio::test]
async fn no_other_file_is_left_in_the_folder() {
    let folder = folder();
    let download = Hosted::whole("a.bin", &bytes(10)).await.download().await.unwrap();
    download.save_to(folder.path().join("copy.bin")).await.unwrap();
    assert_eq!(names(folder.path()), ["copy.bin"]);
}

#[tokio::test]
async fn an_existing_file_is_replaced() {
    let (folder, content) = (folder(), bytes(10));
    let path = file(&folder, "copy.bin", b"old and longer than ten bytes");
    let download = Hosted::whole("a.bin", &content).await.download().await.unwrap();
    download.save_to(&path).await.unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
}

#[tokio::test]
async fn a_failed_download_creates_no_file() {
    let folder = folder();
    let mut download = Hosted::half("a.bin", &bytes(300_000)).await.download().await.unwrap();
    download.chunk().await.unwrap();
    refused(download.save_to(folder.path().join("copy.bin")).await);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[tokio::test]
async fn a_failed_download_keeps_the_old_file() {
    let folder = folder();
    let path = file(&folder, "copy.bin", b"old");
    let download = Hosted::half("a.bin", &bytes(300_000)).await.download().await.unwrap();
    refused(download.save_to(&path).await);
    assert_eq!(std::fs::read(path).unwrap(), b"old");
}

#[tokio::test]
async fn a_failed_download_leaves_no_temporary_file() {
    let folder = folder();
    file(&folder, "copy.bin", b"old");
    let download = Hosted::half("a.bin", &bytes(300_000)).await.download().await.unwrap();
    refused(download.save_to(folder.path().join("copy.bin")).await);
    assert_eq!(names(folder.path()), ["copy.bin"]);
}

#[tokio::test]
async fn a_cancelled_save_leaves_no_temporary_file() {
    let folder = folder();
    let download = Hosted::whole("a.bin", &bytes(3_000_000)).await.download().await.unwrap();
    let mut save = Box::pin(download.save_to(folder.path().join("copy.bin")));
    // Polled until the temporary file is there, and dropped then.
    while names(folder.path()).is_empty() {
        tokio::select! {
            biased;
            _ = &mut save => break,
            () = tokio::task::yield_now() => {}
        }
    }
    drop(save);
    assert!(names(folder.path()).iter().all(|name| name == "copy.bin"));
}

#[tokio::test]
async fn a_folder_is_not_replaced() {
    let folder = folder();
    let path = folder.path().join("there");
    std::fs::create_dir(&path).unwrap();
    let download = Hosted::whole("a.bin", &bytes(10)).await.download().await.unwrap();
    refused(download.save_to(&path).await);
    assert_eq!((path.is_dir(), names(folder.path())), (true, vec!["there".to_owned()]));
}

#[tokio::test]
async fn a_missing_folder_is_an_error_of_the_file() {
    let path = folder().path().join("nowhere").join("copy.bin");
    let download = Hosted::whole("a.bin", &bytes(10)).await.download().await.unwrap();
    assert!(matches!(refused(download.save_to(path).await), Error::File(_)));
}

/// The name under which a file is saved into a folder.
async fn saved_as(name: &str) -> String {
    let folder = folder();
    let download = Hosted::whole(name, &bytes(10)).await.download().await.unwrap();
    let path = download.save_into(folder.path()).await.unwrap();
    assert_eq!(path.parent(), Some(folder.path()), "the file is in its folder");
    let [name] = <[String; 1]>::try_from(names(folder.path())).expect("one file");
    name
}

#[tokio::test]
async fn a_file_is_saved_into_a_folder_under_its_name() {
    assert_eq!(saved_as("議事録 10月.pdf").await, "議事録 10月.pdf");
}

#[tokio::test]
async fn a_name_stays_in_the_folder() {
    for (name, safe) in [("../../x", "_._.._x"), ("..", "file"), (".", "file"), ("/etc", "_etc")] {
        assert_eq!(saved_as(name).await, safe);
    }
}

#[tokio::test]
async fn characters_that_file_systems_refuse_are_replaced() {
    assert_eq!(saved_as("a:b*c?\n\0.txt").await, "a_b_c___.txt");
}

#[tokio::test]
async fn a_long_name_is_shortened_and_keeps_its_extension() {
    let name = saved_as(&format!("{}.pdf", "議".repeat(200))).await;
    assert!(name.starts_with("議議") && name.ends_with("議.pdf"), "{name}");
}

#[tokio::test]
async fn a_name_as_long_as_file_systems_allow_is_kept() {
    let name = format!("{}.txt", "x".repeat(251));
    assert_eq!(saved_as(&name).await, name);
}

#[tokio::test]
async fn an_existing_file_of_the_same_name_is_kept_and_the_new_one_gets_a_number() {
    let folder = folder();
    for content in [bytes(10), bytes(20), bytes(30)] {
        let download = Hosted::whole("a.txt", &content).await.download().await.unwrap();
        let path = download.save_into(folder.path()).await.unwrap();
        assert_eq!(std::fs::read(path).unwrap(), content);
    }
    assert_eq!(names(folder.path()), ["a (2).txt", "a (3).txt", "a.txt"]);
    assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), bytes(10));
}

#[tokio::test]
async fn a_name_from_another_person_neither_hides_nor_misleads() {
    for (name, safe) in [
        (".bashrc", "_bashrc"),
        ("-rf", "_rf"),
        ("photo\u{202E}gpj.exe", "photo_gpj.exe"),
        ("nul.txt", "_nul.txt"),
        ("report. ", "report"),
    ] {
        assert_eq!(saved_as(name).await, safe);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_replaced_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = file(&folder, "copy.bin", b"old");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let download = Hosted::whole("a.bin", &bytes(10)).await.download().await.unwrap();
    download.save_to(&path).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[tokio::test]
async fn the_target_of_a_symbolic_link_is_written_and_the_link_stays() {
    let (links, folder) = (folder(), folder());
    for target in [file(&folder, "copy.bin", b"old"), folder.path().join("new.bin")] {
        let link = links.path().join(target.file_name().unwrap());
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let download = Hosted::whole("a.bin", &bytes(10)).await.download().await.unwrap();
        download.save_to(&link).await.unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&target).unwrap(), bytes(10));
    }
}
