//! The queue of the portal's desk: what waits to be taken, and taking it.

use crate::{
    Desk,
    wire::{CommandError, QueueView, TakeStory, TakeView},
};

/// What the current portal's desk has, as last heard; nothing where it has none.
pub(crate) fn list(_desk: &Desk) -> Result<QueueView, CommandError> {
    Ok(QueueView::default())
}

/// Asks the current portal first.
pub(crate) async fn refresh(desk: &Desk) -> Result<QueueView, CommandError> {
    desk.blocking(list).await
}

/// Takes a story into our hands, with its text and its photos.
pub(crate) async fn take(_desk: &Desk, order: TakeStory) -> Result<TakeView, CommandError> {
    Err(CommandError::new(crate::wire::ErrorCode::NotFound).detailed(order.story))
}
