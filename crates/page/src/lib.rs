//! Markdown to the published page: one renderer and one sanitiser for preview and portal.
