// What our scripts share, and what browsers and libraries give them. Nothing of this is served.
import "leaflet";

declare global {
  /** The elements that a selector finds, by the name of an element at its end: an anchor for "nav a[href], .menu a". */
  type Selected<S extends string> = S extends `${infer One}, ${infer Others}`
    ? Selected<One> | Selected<Others>
    : Named<ElementName<LastPart<S>>>;
  type LastPart<S extends string> = S extends `${string} ${infer Rest}` ? LastPart<Rest> : S;
  type ElementName<S extends string> = S extends `${infer Name}${"." | "#" | ":" | "[" | ")"}${string}`
    ? ElementName<Name>
    : S;
  type Named<Name extends string> = Name extends keyof HTMLElementTagNameMap
    ? HTMLElementTagNameMap[Name]
    : HTMLElement;

  interface ParentNode {
    querySelector<S extends string>(selector: S): Selected<S> | null;
    querySelectorAll<S extends string>(selector: S): NodeListOf<Selected<S>>;
  }
  // Each of ours is one of HTML or SVG.
  interface Element extends ElementCSSInlineStyle, HTMLOrSVGElement {
    closest<S extends string>(selector: S): Selected<S> | null;
  }

  type Direction = "previous" | "next";
  type Point = [latitude: number, longitude: number];

  /** What page.js gives to all scripts of a page. */
  interface Tour {
    /** Loads the scripts that the page needs and doesn't have yet. */
    loadScripts(): void;
    /** The texts that scripts show or announce, in the page's language; none without our header. */
    messages(): Partial<Record<string, string>>;
    /** Calls `callback` when the browser has nothing more urgent to do. */
    whenIdle(callback: () => void): void;
    /** The element in `parent`; throws TypeError where there is none. */
    find<S extends string>(parent: ParentNode | null | undefined, selector: S): Selected<S>;
    /** The closest element that matches, from the event's target outwards. */
    closest<S extends string>(event: Event, selector: S): Selected<S> | null;
    /** Whether a click asks to follow a link here, and not in a new tab or window. */
    isPlainClick(event: MouseEvent): boolean;
    /** Has the browser choose the largest file of a picture, as wide as DETAIL_WIDTH in tour/images/derivatives.py. */
    useLargestFile(image: HTMLImageElement): void;
    /** The query string that a form of ours sends. */
    formQuery(form: HTMLFormElement): URLSearchParams;
    /** Where an arrow key leads: nowhere in a field or a dialog. */
    keyDirection(event: KeyboardEvent): Direction | null | undefined;
    /** Goes on by so many regions of a picture; only where detail_view.js is loaded. */
    stepRegion?(view: Element, steps: number): void;
    isReadAloudLoaded?: boolean;
  }

  /** What tour/ui/page_sync.py sends after each step. */
  interface AppPage {
    /** The page's id: its language and its name. */
    view: string;
    language: string;
    /** URLs of the articles before and after it. */
    prefetch: Partial<Record<Direction, string>>;
    /** HTML for a lost connection. */
    offline: string;
  }

  /** What Streamlit gives to the component that page_sync.js is. */
  interface AppStep {
    data: AppPage;
    setTriggerValue(name: string, value: string): void;
  }

  /** A step that prefetch.js shows before the app does. */
  interface PendingStep {
    article: HTMLElement;
    /** The app's article, in whose place it is. */
    replaced: HTMLElement;
    onRollBack(view: string): void;
    observer: MutationObserver;
    timer: number;
    /** What the visitor focused since. */
    focused?: Element | null;
    /** Where a further press leads. */
    nextDirection?: Direction;
  }

  /** What is read aloud. */
  interface Reading {
    stop: string;
    language: string;
    /** Of the sentence. */
    index: number;
    range?: Range;
    isPaused?: boolean;
    utterance?: SpeechSynthesisUtterance | null;
  }

  /** Text nodes in one language. */
  interface Run {
    language: string;
    nodes: Text[];
  }

  interface Window {
    tour: Tour;
    /** Streamlit's settings by the page that contains it. */
    __streamlit?: { HOST_CONFIG: { blockErrorDialogs: boolean } };
    /** streamlit-folium's state, in the map's frame. */
    __GLOBAL_DATA__?: { previous_data: object };
    // In the map's frame, by map.js.
    /** How many base maps are yet to be looked at or drawn, before the map is complete. */
    tourPendingBasemaps: number;
    tourSetView?(centre: Point, zoom: number): void;
    tourSetUpMap(map: L.Map, settings: MapSettings): void;
    tourDrawStop(layer: L.FeatureGroup, values: StopValues): void;
  }

  interface Navigator {
    readonly connection?: { readonly saveData: boolean };
  }

  /** As in tour/maps/live_map.py. */
  interface MapSettings {
    language: string;
    messages: Record<"title" | "zoomIn" | "zoomOut" | "credit" | "wholeRoute", string>;
    placement: Placement;
    overviewZoom: number;
    basemaps: Basemap[];
    legs: Leg[];
    bounds: Point[];
    tileLayer: TileLayer | null;
  }

  /** As in tour/maps/placement.py; pixels. */
  interface Placement {
    minSeparation: number;
    maxRounds: number;
    leaderMin: number;
    labelGap: [x: number, y: number];
  }

  /** A GeoJSON file, and where it is shown: near a point, or from a zoom outwards. */
  interface Basemap {
    url: string;
    near?: Point;
    toZoom?: number;
  }

  interface Leg {
    halves: { colour: string; points: Point[] }[];
    length: string;
  }

  interface TileLayer {
    name: string;
    address: string;
    credit: string;
    credit_address: string;
    max_zoom: number;
    visible: boolean;
  }

  interface StopValues {
    current: number;
    pins: PinValues[];
    route: { colour: string; pairs: [from: number, to: number][] };
    uncertainty: { point: Point; radius: number }[];
  }

  interface PinValues {
    number: number;
    name: string;
    point: Point;
    marker: string;
    colour: string;
  }

  /** Of a feature in a base map. */
  type FeatureProperties = {
    kind: string;
    name?: string;
    rough?: boolean;
    ring?: boolean;
    side?: string;
    angle?: number;
    from_zoom?: number;
    to_zoom?: number;
  };
}

declare module "leaflet" {
  interface Map {
    _loaded?: boolean;
    /** Where the map is on its way to. */
    tourTarget?: { centre: LatLng; zoom: number | undefined; since: number };
  }
  interface MapOptions {
    language?: string;
    placement: Placement;
  }
  interface MarkerOptions {
    isPin?: boolean;
    isCurrent?: boolean;
  }
  interface Layer {
    getElement?(): Element | undefined;
    /** The zooms between which a feature of a base map is shown. */
    tourZooms?: [from: number, to: number];
  }
}
