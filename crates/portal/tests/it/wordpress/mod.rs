//! The adapter against a real WordPress, which the scripts in `tests/portals` install, start and stop. Where its
//! packages cannot be had, each test says so and passes.

mod accounts;
mod blocks;
mod conformance;
mod desk;
mod lost_answers;
mod pictures;
mod places;
mod publishing;
mod site;
#[path = "../../../../../tests/portals/started.rs"]
mod started;
mod stories;
mod taking_down;
mod two_people;
