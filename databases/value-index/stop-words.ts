const words = `a about above after again all also am an and any are as at average be because been before below between both but by can count
could did do does doing down during each ever every few find first for from further get give had has have having he her here hers him his how
i if in into is it its just largest last least less list lowest many maximum me minimum more most much my name names no nor not now number of
off on once one only or order ordered other our out over own per please same select she should show smallest so some sort sorted such sum
tell than that the their them then there these they this those through to too top total two under until up us use using very want was we were
what when where whether which while who whom whose why will with without would year years you your`

/**
 * English words that questions are made of. A value of that name is meant only where it is written in capitals, as IN
 * for Indiana.
 */
export const stopWords = new Set(words.split(/\s+/))
