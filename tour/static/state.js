// What the app's modules share.

/**
 * @type {{view: string | null, navigate: ((href: string) => void) | null}}
 * The id of the page that is shown, null before the app's first one; what has the app show another address of ours.
 */
export const state = { view: null, navigate: null };
