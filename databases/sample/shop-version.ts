/** Counted up when the shop is made differently; it stands in the file, so that an older shop is made anew. */
export const SHOP_VERSION = 1
