//! Tables: alignment by class, and a wrapper that scrolls on a phone.

use pulldown_cmark::{Alignment, Tag};

/// Where in a table the writer is. Tables do not nest.
#[derive(Default)]
pub(crate) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    inside: bool,
}

impl Table {
    /// Opens a table, its head, a row or a cell in `out`; returns how it is closed. `at` is the wrapper's offset
    /// attribute.
    pub(crate) fn start(&mut self, tag: &Tag<'_>, at: &str, out: &mut String) -> &'static str {
        match tag {
            Tag::Table(alignments) => {
                *self = Self { alignments: alignments.clone(), inside: true, ..Self::default() };
                out.extend(["<div class=\"table-scroll\" role=\"group\" tabindex=\"0\"", at, "><table>\n"]);
                "</tbody></table></div>\n"
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                out.push_str("<thead><tr>");
                "</tr></thead>\n<tbody>\n"
            }
            Tag::TableRow => {
                self.column = 0;
                out.push_str("<tr>");
                "</tr>\n"
            }
            _ => self.start_cell(out),
        }
    }

    /// The head is closed; cells are data from here on.
    pub(crate) fn end_head(&mut self) {
        self.in_head = false;
    }

    /// The table is closed.
    pub(crate) fn end(&mut self) {
        self.inside = false;
    }

    /// Whether a table is open.
    pub(crate) fn is_open(&self) -> bool {
        self.inside
    }

    fn start_cell(&mut self, out: &mut String) -> &'static str {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.column += 1;
        let (opening, closing) = if self.in_head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        out.extend([opening, class, ">"]);
        closing
    }
}
