/** Everything a person can do from anywhere: once, for the keys, the palette and the sheet of shortcuts. */
import type { Act } from '../features/palette/palette';
import { furtherName, type FurtherWay } from '../features/story/publishing';
import { locale, m } from '../i18n';
import {
  captionKeys,
  CAPTION_SHORTCUTS,
  LIST_SHORTCUTS,
  SHORTCUTS,
  shown,
  type CaptionShortcut,
  type ShortcutName,
} from '../platform';
import { commandKeys } from '../editor';
import type { Chair } from '../wire/generated';
import { CHAIRS } from './chairs';
import type { Newsroom } from './newsroom.svelte';
import type { Press } from './press.svelte';
import { walkRegions } from './regions';

type Sentence = (inputs?: Record<string, never>, options?: { locale?: 'bn' | 'en' }) => string;

/** What the acts reach. */
export interface ActPorts {
  room: Newsroom;
  press: Press;
  focusSearch: () => void;
  focusQueue: () => void;
  focusText: () => void;
  keepVersion: () => void;
}

interface Entry {
  id: string;
  says: Sentence;
  run: () => void;
  shortcut?: ShortcutName;
  off?: boolean;
}

/** What each shortcut does. A shortcut without an act fails the type check. */
export function shortcutActs(ports: ActPorts): Record<ShortcutName, () => void> {
  const { room, press } = ports;
  const { layout, preferences, tools } = room;
  const dialog = (name: NonNullable<Newsroom['dialog']>) => () => {
    room.dialog = room.dialog === name ? null : name;
  };
  const tab = (name: Parameters<typeof layout.toggleTab>[0]) => () => {
    layout.toggleTab(name);
  };
  return {
    palette: dialog('palette'),
    shortcuts: dialog('shortcuts'),
    outbox: dialog('outbox'),
    queue: () => {
      room.taking.show(ports.focusQueue);
    },
    return: () => {
      press.further('return');
    },
    settings: () => {
      room.settingsTab = 'general';
      room.dialog = 'settings';
    },
    new_story: () => void room.newStory(),
    search: () => {
      layout.change({ deskOpen: true });
      ports.focusSearch();
    },
    save_version: ports.keepVersion,
    publish: press.publish,
    schedule: () => {
      press.further('schedule');
    },
    attach: press.attach,
    captions: () => {
      room.showCaptions();
    },
    find: () => {
      if (room.session) tools.showFind(false);
    },
    replace: () => {
      if (room.session) tools.showFind(true);
    },
    link: () => {
      if (room.session?.writable) room.session.editor?.run('link');
    },
    source: () => {
      if (room.session) tools.source = !tools.source;
    },
    preview: tab('preview'),
    preview_full: () => {
      if (room.session) layout.previewFull = !layout.previewFull;
    },
    details_tab: tab('details'),
    photos_tab: tab('photos'),
    checks_tab: tab('checks'),
    history_tab: tab('history'),
    since_read: room.reading.show,
    notes_tab: tab('notes'),
    note: () => {
      if (!room.notes) return;
      room.notes.begin();
      layout.showTab('notes');
    },
    suggest: () => {
      room.review.suggest();
    },
    suggestion_accept: () => {
      void room.review.judge('accepted');
    },
    suggestion_reject: () => {
      void room.review.judge('rejected');
    },
    note_next: () => {
      room.review.step(1);
    },
    note_previous: () => {
      room.review.step(-1);
    },
    note_turn: () => {
      room.review.turn();
    },
    toggle_desk: () => {
      layout.change({ deskOpen: !layout.deskOpen });
    },
    toggle_side: () => {
      layout.showSide(!layout.sideShown);
    },
    next_region: () => {
      walkRegions(1);
    },
    previous_region: () => {
      walkRegions(-1);
    },
    to_text: ports.focusText,
    larger: () => {
      preferences.resize(10);
    },
    smaller: () => {
      preferences.resize(-10);
    },
    normal_size: () => {
      preferences.resize(0);
    },
  };
}

/** The palette's acts. */
export function paletteActs(ports: ActPorts): Act[] {
  const other = locale.current === 'bn' ? 'en' : 'bn';
  const { apple } = ports.room.platform;
  return entries(ports).map(({ id, says, run, shortcut, off = false }) => ({
    id,
    label: says(),
    also: says({}, { locale: other }),
    run,
    off,
    keys: shortcut ? shown(SHORTCUTS[shortcut], apple) : '',
  }));
}

/** The sheet of shortcuts, by where they are heard. */
export function shortcutGroups(
  ports: ActPorts,
): { title: string; lines: { label: string; keys: string }[] }[] {
  const { apple } = ports.room.platform;
  const line = (label: string, combo: string) => ({ label, keys: shown(combo, apple) });
  const anywhere = entries(ports).flatMap(({ says, shortcut }) =>
    shortcut ? [line(says(), SHORTCUTS[shortcut])] : [],
  );
  const lists = [
    line(m.act_move_down(), LIST_SHORTCUTS.move_down),
    line(m.act_move_up(), LIST_SHORTCUTS.move_up),
    line(m.act_open_row(), LIST_SHORTCUTS.open_row),
    line(m.act_search(), LIST_SHORTCUTS.search),
    line(m.act_spike(), LIST_SHORTCUTS.spike),
    line(m.act_take_row(), LIST_SHORTCUTS.open_row),
    line(m.queue_refresh(), LIST_SHORTCUTS.refresh),
  ];
  return [
    { title: m.shortcuts_anywhere(), lines: anywhere },
    { title: m.shortcuts_story(), lines: writing().map(([says, combo]) => line(says(), combo)) },
    { title: m.shortcuts_desk(), lines: lists },
    { title: m.shortcuts_captions(), lines: captioning(apple).map(([says, combo]) => line(says(), combo)) },
  ];
}

const CAPTION_ACTS: Record<CaptionShortcut, Sentence> = {
  next: m.captions_next,
  previous: m.captions_previous,
  next_open: m.captions_next_open,
  previous_open: m.captions_previous_open,
  copy: m.captions_this_copy,
  copy_all: m.captions_copy_all,
  fill_empty: m.captions_this_fill_empty,
  fill_all: m.captions_this_fill_all,
  template: m.captions_this_template,
  other_view: m.captions_other_view,
  undo: m.act_undo,
  redo: m.act_redo,
};

function captioning(apple: boolean): [Sentence, string][] {
  const names = Object.keys(CAPTION_SHORTCUTS) as CaptionShortcut[];
  return names.map((name) => [CAPTION_ACTS[name], captionKeys(name, apple)]);
}

function writing(): [Sentence, string][] {
  const tools: [Sentence, string | undefined][] = [
    [m.tool_bold, commandKeys.bold],
    [m.tool_italic, commandKeys.italic],
    [m.tool_strike, commandKeys.strike],
    [m.tool_link, SHORTCUTS.link],
    [m.tool_h2, commandKeys.heading2],
    [m.tool_h3, commandKeys.heading3],
    [m.tool_paragraph, commandKeys.paragraph],
    [m.tool_quote, commandKeys.quote],
    [m.tool_pull, commandKeys.pull_quote],
    [m.tool_bullets, commandKeys.bullet_list],
    [m.tool_numbers, commandKeys.ordered_list],
    [m.tool_footnote, commandKeys.footnote],
    [m.act_undo, commandKeys.undo],
    [m.act_redo, commandKeys.redo],
  ];
  return tools.flatMap(([says, combo]) => (combo === undefined ? [] : [[says, combo] as [Sentence, string]]));
}

function entries(ports: ActPorts): Entry[] {
  const acts = shortcutActs(ports);
  const by = (shortcut: ShortcutName, says: Sentence, off = false): Entry => ({
    id: shortcut,
    says,
    run: acts[shortcut],
    shortcut,
    off,
  });
  const none = ports.room.session === null;
  return [
    by('new_story', m.desk_new),
    by('publish', publishName(ports), none || ports.room.session?.writable === false),
    by('schedule', wayName(ports, 'schedule'), !ports.press.ways.includes('schedule')),
    by('attach', m.act_attach, none),
    by('captions', m.act_captions, none),
    by('preview', m.act_preview),
    by('preview_full', m.act_preview_full, none),
    by('search', m.act_search),
    by('find', m.tool_find, none),
    by('replace', m.act_replace, none),
    by('save_version', m.act_save_version, none),
    by('source', m.tool_source, none),
    by('details_tab', m.act_details_tab),
    by('photos_tab', m.act_photos_tab),
    by('checks_tab', m.act_checks_tab),
    by('history_tab', m.act_history_tab),
    by('since_read', m.act_since_read, none),
    by('notes_tab', m.act_notes_tab),
    by('note', m.act_note, none),
    by('suggest', m.act_suggest, none),
    by('suggestion_accept', m.act_suggestion_accept, none),
    by('suggestion_reject', m.act_suggestion_reject, none),
    by('note_next', m.act_note_next, none),
    by('note_previous', m.act_note_previous, none),
    by('note_turn', m.act_note_turn, none),
    by('outbox', m.act_open_outbox),
    by('queue', m.act_queue, !ports.room.offersQueue),
    ...queueEntries(ports),
    by('return', m.way_return, !ports.press.ways.includes('return')),
    by('toggle_desk', m.act_toggle_desk),
    by('toggle_side', m.act_toggle_side),
    by('next_region', m.act_next_region),
    by('previous_region', m.act_previous_region),
    by('to_text', m.act_to_text),
    ...storyEntries(ports),
    { id: 'open_package', says: m.act_open_package, run: ports.press.openPackage },
    ...outboxEntries(ports),
    { id: 'sheet', says: m.sheet_title, run: dialogOf(ports, 'sheet'), off: !ports.room.offersSheet },
    ...chairEntries(ports),
    ...settingEntries(ports),
    by('larger', m.act_larger),
    by('smaller', m.act_smaller),
    by('normal_size', m.act_normal_size),
    by('settings', m.act_settings),
    by('palette', m.act_palette),
    by('shortcuts', m.act_shortcuts),
  ];
}

function dialogOf({ room }: ActPorts, name: NonNullable<Newsroom['dialog']>): () => void {
  return () => {
    room.dialog = name;
  };
}

function storyEntries({ room, press }: ActPorts): Entry[] {
  const { session } = room;
  if (!session) return [];
  const { story, view, writable } = session;
  return [
    { id: 'spike', says: m.act_spike, run: () => void room.spike(story), off: !writable },
    { id: 'unspike', says: m.act_unspike, run: () => void room.unspike(story), off: writable },
    {
      id: 'open_public',
      says: m.act_open_public,
      run: press.openPublic,
      off: view.axes.public !== 'live' || view.public_url === null,
    },
    { id: 'places', says: m.act_places, run: room.whereabouts.show, off: !room.whereabouts.offered },
    ...FURTHER.map((way) => ({
      id: way,
      says: wayName({ room }, way),
      run: () => {
        press.further(way);
      },
      off: !press.ways.includes(way),
    })),
    { id: 'copy', says: m.save_copy, run: press.copyAll },
    { id: 'save_package', says: m.act_save_package, run: () => void room.carrying.askToSave() },
  ];
}

const FURTHER = [
  'approve',
  'within',
  'file',
  'recall',
  'flag',
  'clear_flag',
  'withdraw',
  'kill',
  'call_off_kill',
] as const;

function wayName({ room }: Pick<ActPorts, 'room'>, way: FurtherWay): Sentence {
  const guards = { legal: null, embargo: null, kill: null };
  return furtherName(way, room.session?.view ?? { axes: { public: 'never', guards } });
}

function publishName({ press }: ActPorts): Sentence {
  return press.ready.way === 'file' ? m.act_file : m.act_publish;
}

function queueEntries({ room }: ActPorts): Entry[] {
  const off = !room.offersQueue;
  return [
    { id: 'take_next', says: m.act_take_next, run: room.taking.takeNext, off },
    { id: 'ask_queue', says: m.queue_refresh, run: room.taking.ask, off },
  ];
}

function outboxEntries({ room, press }: ActPorts): Entry[] {
  const { paused } = room.outbox;
  const turn = (to: boolean) => () => {
    press.pause(to);
  };
  return [
    { id: 'pause', says: m.act_pause, run: turn(true), off: paused },
    { id: 'go_on', says: m.act_go_on, run: turn(false), off: !paused },
  ];
}

function chairEntries({ room }: ActPorts): Entry[] {
  if (!room.seat.hasOthers) return [];
  return CHAIRS.filter((chair) => chair !== room.start.chair).map((chair) => ({
    id: `chair-${chair}`,
    says: SITS[chair],
    run: () => void room.seat.sitDown(chair),
  }));
}

const SITS: Record<Chair, Sentence> = {
  own: m.act_sit_own,
  correspondent: m.act_sit_correspondent,
  sub_editor: m.act_sit_sub_editor,
  editor: m.act_sit_editor,
};

function settingEntries({ room }: ActPorts): Entry[] {
  const { preferences } = room;
  const show = (tab: Newsroom['settingsTab']) => () => {
    room.settingsTab = tab;
    room.dialog = 'settings';
  };
  const colours = (appearance: 'dark' | 'light' | 'contrast' | 'system') => () => {
    preferences.change({ appearance });
  };
  return [
    {
      id: 'language',
      says: m.act_language,
      run: () => {
        preferences.change({ language: preferences.current.language === 'bn' ? 'en' : 'bn' });
      },
    },
    { id: 'dark', says: m.act_dark, run: colours('dark') },
    { id: 'light', says: m.act_light, run: colours('light') },
    { id: 'contrast', says: m.act_contrast, run: colours('contrast') },
    { id: 'system', says: m.act_system_colours, run: colours('system') },
    {
      id: 'one_person',
      says: room.onePerson ? m.one_person_off_act : m.one_person_on_act,
      run: () => void room.setOnePerson(!room.onePerson),
      off: room.start.role !== 'editor' || room.start.one_person.newsroom,
    },
    { id: 'caption_codes', says: m.codes_title, run: show('captions') },
    { id: 'portals', says: m.act_portals, run: show('portals') },
    { id: 'backups', says: m.act_backup, run: show('backups') },
  ];
}
