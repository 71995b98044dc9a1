import { rules } from './coercion-rule.ts';

const { raw } = String;

/** Threats in Spanish, of the same kinds and bound to the same persons. */
export const THREATS_ES = rules('threat', 'es', [
  [
    'come-after-you',
    'ti ust vos tu sus su tus + ire iremos vamos vendremos voy vienen',
    raw`\b(?:iremos|vamos(?: a ir)?|vendremos|vamos a venir|voy(?: a ir)?|ire|vienen) (?:a )?(?:por|tras|en contra de) (?:ti|usted(?:es)?|vosotros|(?:tu|su) familia|(?:tus|sus) hijos)\b(?! (?:el|la|los|las|a las?|en|con)\b)`,
  ],
  [
    'will-harm',
    'mat cas des gol que col dis rom enc cor har',
    raw`\b(?:te|le|les|os|lo|los|la|las) (?:vamos a|voy a|van a|va a) (?:matar|castigar|destruir|golpear|quemar|colgar|disparar|encontrar|romper (?:las?|los?|el)|cortar (?:el cuello|la (?:cabeza|garganta)))\b(?! (?:de risa|un|una|en)\b)|\b(?:te|le|les|os) (?:matamos|mataremos|matare|encontraremos|rompemos|romperemos|quemaremos|quemamos|colgaremos|haremos (?:dano|pagar))\b`,
  ],
  [
    'harm-present',
    'dano pagar + hac har',
    raw`\b(?:te|le|les|os) (?:vamos a |voy a )(?:hacer) (?:dano|pagar)\b`,
  ],
  [
    'shot',
    'tiro tiros bala balas balazo balazos',
    raw`\b(?:te|le|les) (?:pegamos|pegaremos|pego|metemos|meteremos|damos|daremos|(?:voy|vamos) a (?:pegar|meter|dar)) (?:un|dos|una) (?:tiros?|balazos?|balas?)\b`,
  ],
  [
    'bad-end',
    'pas sal mue ocu',
    raw`\b(?:te|le|les) (?:va|puede|pueden|van) a (?:pasar|ocurrir) (?:algo (?:muy )?(?:malo|feo)|cosas malas)\b|\b(?:te|le|les) va a salir (?:muy )?caro\b|\bhabra muert(?:os|es?)\b`,
  ],
  [
    'burn-down',
    'que vol inc + casa oficina coche negocio casilla escuela',
    raw`\b(?:vamos|voy|van) a (?:quemar|volar|incendiar) (?:tu|su|la|esa|esta) (?:casa|oficina|coche|negocio|casilla|escuela)\b|\b(?:quemaremos|incendiaremos|volaremos) (?:tu|su|la|esa|esta) (?:casa|oficina|coche|negocio|casilla|escuela)\b`,
  ],
  [
    'bomb',
    'bomba bombas explosivos',
    raw`\b(?:hay|pusimos|puse|colocamos|pusieron) (?:una |unas |varias |varios )?(?:bombas?|explosivos) (?:en|bajo|dentro)\b`,
  ],
  [
    'or-else',
    'arr lam pag pes ira',
    raw`\b(?:o si no|de lo contrario|o) (?:\w+ ){0,2}(?:te arrepentiras|se arrepentira|os arrepentireis|lo lamentaras?|lo pagaras?|(?:te|le|les) (?:pesara|ira mal))`,
  ],
  [
    'warning',
    'ultima_advertencia has,ha,han_sido queda,quedas,quedan_advertido,advertida,advertidos,advertidas',
    raw`\b(?:es|sera) (?:la|tu|su|nuestra|mi) ultima advertencia\b|\b(?:tu|su) ultima advertencia\b|\bultima advertencia ?: ?(?:no )?(?:vot|retir|renunci|dej|pag)|\b(?:has|ha|han) sido advertid[oa]s?\b|\bqueda[sn]? advertid[oa]s?\b`,
  ],
  [
    'consequences',
    'consecuencias venga + ate ati suf enf pag hab',
    raw`\b(?:atente|atengase|aten[ge]anse|atenganse|atienes?|atienen|atendras?|atenerse|sufriras?|enfrentaras?|pagaras?|habra)(?: con)?(?: a)? (?:(?:las |graves |serias )?consecuencias\b|lo que venga\b)`,
  ],
  [
    'family',
    'familia hijo hija hijos hijas casa esposa marido madre padres',
    raw`\b(?:tu|su|tus|sus) (?:familia|hij[oa]s?|casa|esposa|marido|madre|padres) (?:no (?:esta|estara|estan|estaran) (?:segur[oa]s?|a salvo)\b(?! en (?:el|ese|esa|este|esta) (?!casa|escuela))|(?:va a |van a |lo |la )?(?:pagaran?|pagan|pagar|sufriran?|sufrir)\b|corren? peligro|esta[rn]?a?n? en peligro)`,
  ],
  [
    'arrest',
    'dep arr det enc',
    raw`(?<!\bno )(?<!\bnadie )\b(?:seras?|seran?|sereis|sera usted|vas? a ser|van a ser) (?:\w+ )?(?:arrestad|detenid|deportad|encarcelad)[oa]s?\b|(?<!\bno )\b(?:te|le|les|los|las) (?:van? a |vamos a )?(?:arrestar|deportar|detener)(?:an|a|emos)?\b|(?<!\bno )\blo (?:van? a |vamos a )(?:arrestar|deportar|detener)\b`,
  ],
  [
    'at-the-polls',
    'ice mig inm hom mil age + urn cas cen all',
    raw`\b(?:ice|la migra|inmigracion|hombres (?:armados|con (?:armas|rifles))|milicias?|agentes(?: de (?:ice|inmigracion))) (?:estara|estaran|estaremos|van? a estar|te esperara|le esperara|los esperara)n? (?:\w+ ){0,3}(?:urnas|casillas?|centros? de votacion|alli)\b`,
  ],
  [
    'police-at-the-polls',
    'pol + arr det + urn cas cen',
    raw`\b(?:la )?policia (?:estara|va a estar) (?:\w+ ){0,3}(?:urnas|casillas?|centros? de votacion) (?:\w+ ){0,2}(?:arrestar|detener)`,
  ],
  [
    'to-police',
    'inmigracion ice migra policia policias agentes + nom dat puerta casa',
    raw`\b(?:entregamos|entregaremos|mandamos|mandaremos|enviamos|enviaremos|pasamos|pasaremos|dimos) (?:su|tu|sus|tus|los) (?:nombres?|datos) a (?:inmigracion|ice|la migra|la policia)\b|\b(?:agentes|policias?|migra) (?:\w+ ){0,2}(?:tocaran?|golpearan?|iran?|tocan) a (?:su|tu) (?:puerta|casa)\b`,
  ],
  [
    'watch-your-back',
    'espalda espaldas contados',
    raw`\bcuid(?:ate|ese|a|e|ense) (?:la|tu|su|las) espaldas?\b(?! ?:)(?! (?:al|con) )|\b(?:tus|sus) dias estan contados\b`,
  ],
  [
    'your-home',
    'casa + ire iremos vamos voy llegaremos',
    raw`\b(?:iremos|vamos(?: a ir)?|voy(?: a ir)?|ire|llegaremos) a (?:tu|su) casa\b(?! (?:el|los|para|con (?:la|los|un|el|formularios)|a (?:las|recoger|entregar|dejar))\b)`,
  ],
  [
    'die-or-regret',
    'mor arr lam mat sui cue oja',
    raw`\b(?:vas? a morir|vais a morir|van a morir|moriras)\b(?! de)|\b(?:te (?:vas a arrepentir|arrepentiras)|se (?:va a arrepentir|arrepentira)|lo lamentaras?)\b(?! el)|(?:^|[.!?] ?|\b(?:y|o|mejor) )(?:matate|suicidate)\b|\bojala (?:te|la|lo|los|las) (?:cuelguen|maten)\b`,
  ],
  [
    'expose',
    'pub mos dif con vec ami + dir fot dat nom vid ver sab rec van',
    raw`\b(?:publicaremos|publicare|vamos a publicar|mostraremos|difundiremos) (?:su|tu|sus|tus) (?:direccion|fotos?|datos|nombre|videos?)\b|\b(?:tus|sus) (?:contactos|vecinos|amigos) (?:veran|sabran|recibiran|van a (?:ver|saber))\b`,
  ],
  [
    'living',
    'per cor + tra emp casa ben res',
    raw`\b(?:perdera[sn]?|va[sn]? a perder) (?:tu|su|el) (?:trabajo|empleo|casa|residencia)\b|\bcortar(?:emos|an)? (?:los|tus|sus) beneficios\b`,
  ],
]);
