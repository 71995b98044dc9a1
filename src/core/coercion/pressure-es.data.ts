import { type CoercionRule, rules } from './coercion-rule.ts';

const { raw } = String;

/** Demands, deadlines and claims of knowledge in Spanish. */
export const PRESSURE_ES: readonly CoercionRule[] = [
  ...rules('demand', 'es', [
    [
      'you-will',
      'debe debes deben debera deberas deberan tiene,tienes,tienen_que mas_te,le,les ha,has,han_de + vot cam pag env tra ret que obe cum',
      raw`\b(?:debe[sn]?|debera[sn]?|tiene[sn]? que|mas (?:te|le|les) vale|ha[sn]? de) (?:no )?(?:votar|cambiar|pagar|enviar|transferir|retirar|quedar|obedecer|cumplir)`,
      'weak',
    ],
    [
      'vote-for',
      'vot',
      raw`(?:^|[.!?:;] ?)(?:vote[n]?|vota|votad) (?:por|a|contra) (?!dos\b|un\b|uno\b)|\b(?:votaras?|votaran|votareis) (?:por|a|contra)\b`,
      'weak',
    ],
    [
      'do-not-vote',
      'vot que ret',
      raw`\bno (?:votes|vote[n]?|voteis|vaya[sn]? a votar)\b(?! (?:dos|por mas)\b)|(?<!\bno (?:se|te|os) )(?<!\bno )\bqueda(?:te|os) en casa\b|(?<!\bno se )\bquede(?:n)?se en casa\b|\bretir[ae] (?:tu|su) voto\b`,
    ],
    [
      'change-party',
      'cambia,cambie,cambien,cambiad,cambiar_tu,su,de,vuestra + afi par reg',
      raw`\bcambi(?:a|e|en|ad|ar) (?:tu|su|de|vuestra) (?:afiliacion|partido|registro)\b`,
      'weak',
    ],
    [
      'pay',
      'env pag tra dep + bitcoin bitcoins btc dolares euros pesos rescate',
      raw`\b(?:envi[ae]n?|pag[au]e?n?|pagar|transfier[ae]n?|deposit[ae]n?) (?:\S+ ){0,5}(?:bitcoins?|btc|dolares|euros|pesos|rescate)\b`,
      'weak',
    ],
    [
      'ransom',
      'env pag tra dep + bitcoin bitcoins btc rescate',
      raw`\b(?:envi[ae]n?|pag[au]e?n?|pagar|transfier[ae]n?|deposit[ae]n?) (?:\S+ ){0,5}(?:bitcoins?|btc|rescate)\b`,
    ],
  ]),
  ...rules('deadline', 'es', [
    [
      'within',
      'hora horas dia dias minuto minutos una,un,dos,tres,veinticuatro,ocho~hora,horas,dia,dias,minuto,minutos',
      raw`\b(?:en(?: las?| los)?(?: proxim[ao]s)?|dentro de|tiene[sn]?|dispone[sn]? de) (?:\d{1,3}|una|un|dos|tres|veinticuatro|cuarenta y ocho) ?(?:horas?|dias?|minutos?)\b`,
      'weak',
    ],
    [
      'by-date',
      'antes_de,del hasta_el mas_tardar',
      raw`\b(?:antes del?|hasta el|a mas tardar(?: el)?) (?:la |el )?(?:manana|medianoche|mediodia|dia de (?:las )?elecciones|elecciones|lunes|martes|miercoles|jueves|viernes|sabado|domingo|\d{1,2} de [a-z]+|\d{1,2}[/.-]\d{1,2})\b`,
      'weak',
    ],
    ['last-chance', 'opo', raw`\bultima oportunidad\b`, 'weak'],
  ]),
  ...rules('knowledge', 'es', [
    [
      'in-possession',
      'posesion_de nuestro_poder',
      raw`\ben (?:posesion de|nuestro poder) (?:\w+ ){0,3}(?:tu|su|tus|sus|vuestr[ao]s?|los datos|la informacion)?`,
    ],
    [
      'have-your-data',
      'tenemos tengo hemos_obtenido obtuvimos poseemos + tu tus su sus vue + inf dat dir con arc reg tel fot vid bol',
      raw`\b(?:tenemos|tengo|hemos obtenido|obtuvimos|poseemos) (?:\w+ ){0,3}(?:tus?|sus?|vuestr[ao]s?) (?:\w+ ){0,1}(?:informacion|datos|direccion|contrasenas?|archivos?|registros?|telefono|fotos?|videos?|boleta)\b`,
      'weak',
    ],
    [
      'have-it-all',
      'tenemos tengo hemos_obtenido obtuvimos poseemos + tod con fot vid seg nom dir',
      raw`\b(?:tenemos|tengo|hemos obtenido|obtuvimos|poseemos) (?:todos? (?:tus?|sus?) (?:\w+ )?(?:informacion|datos|archivos)|toda (?:tu|su) informacion|(?:tus?|sus?) (?:contrasenas?|fotos?|videos?|numero de seguro social|nombre,? (?:y )?(?:(?:su|tu) )?direccion|direccion))\b`,
    ],
    [
      'have-pictures',
      'tenemos tengo + fot vid + hij fam casa mama esposa esposo',
      raw`\b(?:tenemos|tengo) (?:la |las |los |el |una |unas )?(?:fotos?|videos?) de (?:tus?|sus?) (?:hij[oa]s?|familia|casa|mama|espos[oa])\b`,
      'vote',
    ],
    [
      'know-you',
      'sab se',
      raw`\b(?:sabemos|sabremos|ya sabemos|se|sabre) (?:exactamente )?(?:donde|quien|por quien|como|si|que|a quien|cual|a que (?:hora|escuela)) (?:\w+ ){0,1}(?:vives?|viven|trabajas?|votas?te|voto|votaras?|votas?|eres|es\b(?! (?:importante|el|la|un))|ha[sn]? votado|van|sales|sale)\b`,
    ],
    [
      'access',
      'acceso_a hemos_hackeado,jaqueado,entrado,vulnerado',
      raw`\b(?:hemos|ha sido|fue) (?:obtenido|logrado|conseguido|ganado) acceso a\b|\bhemos (?:hackeado|jaqueado|entrado en|vulnerado)\b|\btenemos acceso a (?:\w+ ){0,3}(?:tu|su|tus|sus|votantes|electoral)`,
    ],
    [
      'registered-as',
      'registrado registrada inscrito inscrita empadronado empadronada',
      raw`\b(?:estas?|esta usted|figuras?) (?:actualmente )?(?:registrad[oa]|inscrit[oa]|empadronad[oa])\b`,
      'weak',
    ],
    [
      'watching',
      'vig obs sig todo + te,le,les,os_estamos,estaremos,estoy,vigilamos,observamos todo_lo',
      raw`\b(?:te|le|les|os) (?:estamos|estaremos|estoy) (?:vigilando|observando|siguiendo)\b|\b(?:te|le|les|os) (?:vigilamos|observamos)\b|\b(?:vemos|sabemos) todo lo que (?:haces|hace|hacen)\b`,
    ],
  ]),
];
