/** Somebody says that something is not paid, or that they do not pay, or cannot. */
const unpaid = new RegExp([
  "\\b(?:not|unable|cannot|never|yet to be|(?:ca|wo|have|has|had|is|are|was|were|do|does|did|could|would)n'?t)\\b[^.?!\\n]{0,25}\\b(?:pay|paid|settled?|transfer(?:red)?|wire|remit|payment)\\b|\\bunpaid\\b",
  '\\b(?:nicht|noch nie|kein\\w*)\\b[^.?!\\n]{0,40}\\b(?:zahlen|bezahlen|uberweisen|begleichen|zahlung|uberweisung|bezahlt|gezahlt|uberwiesen|beglichen)\\b|\\bnicht in der lage\\b',
  "\\b(?:ne|n')\\s?\\w+ (?:pas|plus|jamais)\\b[^.?!\\n]{0,30}\\b(?:payer|regler|paiement|virement|payee?|reglee?)\\b|\\b(?:pas|jamais)(?: \\w+){0,2} (?:payee?|reglee?)\\b|\\bpas en mesure\\b",
  '\\bno (?:podemos|podremos|puedo|podre|vamos a|voy a|pagaremos|pagare)\\b|\\bno (?:ha|han|hemos|se ha|esta)(?: \\w+){0,2} (?:pagad[oa]|abonad[oa])\\b',
].join('|'));

export function saysUnpaid(words: string): boolean {
  return unpaid.test(words);
}

/** Payment hangs on something that has not come about: "once you send the credit note we will pay". */
const condition = new RegExp([
  '\\b(?:if|unless|provided|subject to|depending on|assuming|as long as|once|as soon as we|as soon as you|after you|until we|until you)\\b',
  '\\bwould (?:gladly |happily )?(?:pay|settle|transfer)\\b|\\bwurden?\\b(?:[^.?!\\n]|(?<=\\d)\\.){0,40}\\b(?:zahlen|bezahlen|uberweisen)\\b|\\b(?:paierions|payerions|reglerions|pagariamos|abonariamos)\\b',
  '\\b(?:sofern|falls|wenn|vorbehaltlich|vorausgesetzt|sobald)\\b',
  '\\b(?:sous reserve|a condition|des que|des reception|lorsque|une fois)\\b',
  '\\b(?:siempre que|en cuanto|cuando|a condicion|una vez)\\b',
  "\\bs(?:i|')(?!\\s*[,.!])\\s?(?:le|la|les|l'|notre|nos|vous|il|elle|on|nuestr\\w+|el|los|las|nos|ustedes|usted|se)\\b",
].join('|'));

export function isConditional(words: string): boolean {
  return condition.test(words);
}
