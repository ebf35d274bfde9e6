/** Sizes and open regions of the window, remembered from one start to the next. */
export const SIDE_TABS = ['details', 'photos', 'checks', 'notes', 'history', 'preview'] as const;
export type SideTab = (typeof SIDE_TABS)[number];

export const DESK = { least: 220, most: 420, usual: 280 } as const;
export const SIDE = { least: 300, most: 760, usual: 340 } as const;
/** Narrower than this, the right side lies over the story and goes when the text is wanted. */
const DRAWER_BELOW = 1180;
const STORY_LEAST = 560;
const PREVIEW_WIDTHS = [360, 768, 1280];

interface Kept {
  desk: number;
  side: number;
  deskOpen: boolean;
  sideOpen: boolean;
  tab: SideTab;
  previewWidth: number;
  /** What the caption sheet keeps; it reads that itself. */
  captions: unknown;
}

export class Layout {
  desk = $state<number>(DESK.usual);
  side = $state<number>(SIDE.usual);
  deskOpen = $state(true);
  sideOpen = $state(true);
  tab = $state<SideTab>('details');
  previewWidth = $state(360);
  captions = $state.raw<unknown>(null);
  /** The preview takes the whole window; not remembered. */
  previewFull = $state(false);
  /** The page in the preview is dark or light because a person asked for it; null: as the window is. */
  previewDark = $state<boolean | null>(null);
  windowWidth = $state(1366);
  /** The right side lies over the story; a drawer is never open from the start. */
  drawerOpen = $state(false);
  readonly #keep: (layout: string) => void;

  constructor(kept: string, keep: (layout: string) => void) {
    this.#keep = keep;
    this.#restore(kept);
  }

  get drawer(): boolean {
    return this.windowWidth < DRAWER_BELOW;
  }

  /** The widest that the right side may be and leave the story its measure. */
  get sideMost(): number {
    const room = this.windowWidth - STORY_LEAST - (this.deskOpen ? this.desk : 0);
    return this.drawer ? this.windowWidth - 64 : Math.max(SIDE.least, Math.min(SIDE.most, room));
  }

  get sideShown(): boolean {
    return this.drawer ? this.drawerOpen : this.sideOpen;
  }

  change(patch: Partial<Kept>): void {
    Object.assign(this, patch);
    const { desk, side, deskOpen, sideOpen, tab, previewWidth, captions } = this;
    this.#keep(
      JSON.stringify({ desk, side, deskOpen, sideOpen, tab, previewWidth, captions } satisfies Kept),
    );
  }

  /** Shows a tab; the same again hides the right side. */
  toggleTab(tab: SideTab): void {
    const hides = this.sideShown && this.tab === tab;
    this.showTab(tab);
    if (hides) this.showSide(false);
  }

  showTab(tab: SideTab): void {
    this.previewFull = false;
    this.change({ tab });
    this.showSide(true);
  }

  showSide(open: boolean): void {
    if (this.drawer) this.drawerOpen = open;
    else this.change({ sideOpen: open });
  }

  #restore(kept: string): void {
    const found = parsed(kept);
    this.desk = within(found.desk, DESK) ?? this.desk;
    this.side = within(found.side, SIDE) ?? this.side;
    this.deskOpen = found.deskOpen !== false;
    this.sideOpen = found.sideOpen !== false;
    this.tab = SIDE_TABS.find((tab) => tab === found.tab) ?? this.tab;
    this.previewWidth = PREVIEW_WIDTHS.find((width) => width === found.previewWidth) ?? this.previewWidth;
    this.captions = found.captions ?? null;
  }
}

/** What was kept may be of another version, or nothing: each value is looked at by itself. */
function parsed(kept: string): Partial<Record<keyof Kept, unknown>> {
  try {
    const found: unknown = JSON.parse(kept || '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

function within(value: unknown, { least, most }: { least: number; most: number }): number | null {
  return typeof value === 'number' && value >= least && value <= most ? value : null;
}
