//! The portal from outside: a real server on a free port, a real HTTP client, every answer read in full.

#[cfg(test)]
mod administration;
#[cfg(test)]
mod approvals;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod comments;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod filing;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod handing;
#[cfg(test)]
mod leases;
#[cfg(test)]
mod migration;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod originals;
#[cfg(test)]
mod people;
#[cfg(test)]
#[cfg(unix)]
mod postgres;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod s3;
#[cfg(test)]
mod schedule;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod site;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod taking_down;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod transitions;
#[cfg(test)]
mod uploads;
