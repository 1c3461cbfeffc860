/**
 * Whether a question is written in English, judged by its small words and its script; names and values of other languages inside an
 * English question do not matter. Questions too short to tell count as English.
 */
export function isEnglish(question: string): boolean {
  const letters = question.match(/\p{L}/gu) ?? []
  const latin = question.match(/\p{Script=Latin}/gu) ?? []
  if (letters.length > 0 && latin.length < letters.length / 2) return false
  const asked = question.toLowerCase().match(/\p{L}+/gu) ?? []
  const foreign = asked.filter((word) => FOREIGN.has(word))
  const english = asked.filter((word) => ENGLISH.has(word))
  return foreign.length <= english.length || foreign.every((word) => SHARED.has(word))
}

/** Foreign words that are English ones too ("van", "hat"), or begin names of people and places ("Los Angeles"). */
const SHARED = new Set(
  'van die hat pro met son per con sur des le la les el los las del du den der das dos os il'.split(' '),
)

const ENGLISH = new Set(
  `the of and to in is are was were how many much what which who whose when where with for from by on at all each every per do does did have
  has had not never no than more most least show list give find me my our we us their its it that this there last number total average`.split(
    /\s+/,
  ),
)

/** Words of German, French, Spanish, Italian, Portuguese and Dutch questions. */
const FOREIGN = new Set(
  `der die das und ist sind wie viele viel welche welcher welches wer wo wann mit für von aus bei alle jede jeder jedes pro haben hat nicht
  nie kein keine zeige zeig gib wir unsere uns letzte letzten letzter woche monat jahr gestern heute im den dem des ein eine einen gibt es
  le la les des du et est sont combien quel quelle quels quelles qui où quand avec pour dans sur tous toutes chaque avons ont pas jamais
  aucun montre donne nous notre nos dernier dernière semaine mois année hier une il y quelles
  el los las del y es son cuántos cuántas cuánto cuál cuáles quién dónde cuándo con para por en todos todas cada tenemos tienen nunca ningún
  muestra dame nuestro nuestros último última semana mes año ayer hoy hay cuantos cuantas cuanto cual cuales
  il lo gli della dei delle sono quanti quante quanto quale quali chi dove quando per tutti tutte ogni abbiamo hanno non mai nessun mostra
  ultimo ultima settimana mese anno ieri oggi
  o os dos das quantos quantas quanto qual quais quem onde temos têm não nunca nenhum mostre nosso nossos semana mês ano ontem hoje há
  het een hoeveel welke wie waar wanneer met voor van uit alle elke hebben heeft niet nooit geen toon geef wij onze laatste maand jaar
  gisteren vandaag zijn`.split(/\s+/),
)
