//! Lists every command of the shell in the application's manifest: what is not listed here, and allowed in
//! `capabilities/main.json`, the window cannot call.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(&["rpc", "attach_photo", "open_package"]);
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    tauri_build::try_build(attributes)?;
    Ok(())
}
