/** Over what says how an answer was computed, wherever that is hidden at first. */
export const HOW_TITLE = 'How I got this'
