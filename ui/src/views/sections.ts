import type { Choice } from '../kit/choice';
import type { Language, Section } from '../wire/generated';

/** The section tree as a list to choose from: children under their parent, by position. */
export function sectionChoices(sections: readonly Section[], language: Language): Choice[] {
  const known = new Set(sections.map((section) => section.slug));
  const name = (section: Section) => (language === 'bn' ? section.name_bn : section.name_en) || section.slug;
  const under = (parent: string | null, depth: number): Choice[] =>
    sections
      // A child whose parent is not there would never be seen.
      .filter(
        (section) =>
          (section.parent !== null && known.has(section.parent) ? section.parent : null) === parent,
      )
      .sort((a, b) => a.position - b.position)
      .flatMap((section) => [
        { value: section.slug, label: name(section), depth },
        ...(depth < 8 ? under(section.slug, depth + 1) : []),
      ]);
  return under(null, 0);
}
