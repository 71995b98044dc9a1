import { type CoercionRule, rules } from './coercion-rule.ts';

const { raw } = String;

/** Demands, deadlines and claims of knowledge in English. */
export const PRESSURE_EN: readonly CoercionRule[] = [
  ...rules('demand', 'en', [
    [
      'you-will',
      'will,must,to,better,shall,not,now_vote,change,switch,register,pay,send,transfer,withdraw,resign,stay,stop,deposit + you_will,must,have,need,had,better,are,shall',
      raw`\byou (?:will|must|have to|need to|had better|better|are to|shall) (?:not )?(?:now )?(?:vote|change|switch|register (?:as|with)|pay|send|transfer|withdraw|resign|stay|stop|deposit)\b`,
      'weak',
    ],
    [
      'vote-for',
      'vote_for,against',
      raw`(?:^|[.!?:;] ?|\bor )vote (?:for|against) (?!not\b|one\b|two\b|up\b)[a-z]+`,
      'weak',
    ],
    [
      'do-not-vote',
      'not,t,never,and,to_vote,cast stay,at_home stay_away not,t_show,come,go,vote pull_your pull_back',
      raw`(?<!\b(?:you|who|they|we|i|people|voters|citizens|to) )\b(?:do not|don't|never) (?:go (?:out )?(?:and|to) )?(?:vote\b(?! (?:for (?:more|both|one)|in both|twice|by|more than|on)\b)|cast (?:a|your) ballot)\b|\bstay (?:at )?home (?:on|this|next) (?:election day|\w+day)\b|\bstay away from (?:the )?(?:polls|polling (?:places?|stations?)|voting)|\b(?:do not|don't) (?:show up|come|go) (?:at|to) the polls\b|\bpull (?:back )?your ballot\b(?! from)`,
    ],
    [
      'change-party',
      'affiliation registration party + change,switch_your',
      raw`\b(?:change|switch) your (?:party|voter|political)? ?(?:affiliation|registration|party)\b`,
      'weak',
    ],
    [
      'comply',
      'comply obey',
      raw`(?:^|[.!?] ?|\bknow you will |\byou will |\byou (?:must|shall|better) )(?:comply|obey)\b(?! with (?:the|all|this|section|state|federal)\b)`,
    ],
    [
      'pay',
      'bit btc usd dol ran $ + send pay transfer deposit',
      raw`\b(?:send|pay|transfer|deposit) (?:\S+ ){0,5}(?:bitcoins?|btc|usd|dollars|ransom|\$ ?\d)|\b(?:send|pay|transfer) \$ ?\d`,
      'weak',
    ],
    [
      'ransom',
      'bit btc ran gift + send pay transfer deposit cards bitcoin bitcoins btc ransom',
      raw`\b(?:send|pay|transfer|deposit) (?:\S+ ){0,5}(?:bitcoins?|btc|ransom|gift cards)\b`,
    ],
    [
      'step-down',
      'resign withdraw_from drop_out leave_town,office step_down',
      raw`(?:^|[.!?:;,] ?)(?:resign|withdraw from the race|drop out|leave (?:town|office)|step down)\b`,
      'weak',
    ],
  ]),
  ...rules('deadline', 'en', [
    [
      'within',
      'within,in,next,have,only,just,exactly,one,two,three,four,eight_hour,hours,hr,hrs,day,days,minute,minutes one,two,three,four,eight~hour,hours,hr,hrs,day,days,minute,minutes + hour hours hr hrs day days minute minutes + within in you',
      raw`\b(?:within|in(?: the next)?|you have(?: only| just| exactly)?) (?:\d{1,3}|one|two|three|twenty[ -]four|forty[ -]eight) ?(?:hours?|hrs?|days?|minutes?)\b`,
      'weak',
    ],
    [
      'by-date',
      'by,before,until,the_end,tomorrow,tonight,midnight,noon,election,monday,tuesday,wednesday,thursday,friday,saturday,sunday,january,february,march,april,may,june,july,august,september,october,november,december,# later_than + by,before,until_the,end,tomorrow,tonight,midnight,noon,election,monday,tuesday,wednesday,thursday,friday,saturday,sunday,january,february,march,april,may,june,july,august,september,october,november,december,# later_than + by,before,until,than,the_# january,february,march,april,may,june,july,august,september,october,november,december_# end_of tomorrow tonight midnight noon election monday tuesday wednesday thursday friday saturday sunday',
      raw`\b(?:by|before|until|no later than) (?:the )?(?:end of (?:the )?day|tomorrow|tonight|midnight|noon|election day|the election|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}|\d{1,2}[/.-]\d{1,2})\b`,
      'weak',
    ],
    [
      'last-chance',
      'last,final,only_chance,opportunity',
      raw`\b(?:last|final|only) (?:chance|opportunity)\b`,
      'weak',
    ],
  ]),
  ...rules('knowledge', 'en', [
    [
      'in-possession',
      'possession + you vot per',
      raw`\b(?:we|i)(?: are|'re| am|'m)(?: now)? in (?:full )?possession of (?:\w+ ){0,3}(?:your|voter|personal)\b`,
    ],
    [
      'have-your-data',
      'we,i_have,ve,got,hold,obtained,collected,downloaded + your ur + information data address addresses record records password passwords details file files contacts phone photo photos video videos ballot registration',
      raw`\b(?:we|i)(?: have|'ve| got| hold| obtained| collected| downloaded)+ (?:\w+ ){0,3}(?:your|ur) (?:\w+ ){0,2}(?:information|data|address(?:es)?|records?|passwords?|details|files?|contacts|phone|photos?|videos?|ballot|registration)\b`,
      'weak',
    ],
    [
      'have-it-all',
      'we,i_have,ve,got,hold,obtained,collected,downloaded,gathered,copied,stolen,successfully + your ur + ssn social password passwords photo photos video videos voting name names address all_your,ur,of',
      raw`\b(?:we|i)(?: have|'ve| got| hold| obtained| collected| downloaded)+ (?:\w+ ){0,2}(?:your|ur) (?:ssn|social security number|passwords?|(?:\w+ )?(?:photos?|videos?)|voting (?:record|history)|(?:full )?names?,? (?:and )?(?:your )?(?:home )?address|home address)\b|\b(?:we|i)(?: have|'ve| successfully| got| hold| obtained| collected| downloaded| gathered| copied| stolen)+ all (?:of )?(?:your|ur) (?:\w+ )?(?:information|data|details|files|contacts)\b`,
    ],
    [
      'recorded-you',
      'recorded filmed videotaped photographed + you + we i',
      raw`\b(?:we|i)(?: have|'ve)? (?:recorded|filmed|videotaped|photographed) you\b`,
    ],
    [
      'know-you',
      'we,i,will,ll,already,shall_know,find,see know_what,which + know,out,see,exactly_where,who,which,how,if,whether,what,whom,when + you sch',
      raw`\b(?:we|i)(?: will|'ll| already| shall)? (?:know|find out|see) (?:exactly )?(?:where|who|which|how|if|whether|what|whom|when)(?: \w+)? you\b(?:'ve| have| are|'re)?(?! (?:can|could|may|might|should|want|need|get|think|feel|mean|like|as|and|know|do|did|for|use|work (?:with|for)|find)\b)|\bknow (?:what|which) school\b`,
    ],
    [
      'access',
      'gained,got,obtained,have,had,full,complete_access hacked breached cracked + you vot ele',
      raw`\b(?:gained|got|obtained|have|had) (?:full |complete )?access (?:in)?to (?:\w+ ){0,3}(?:your|voter|voting|election)|\b(?:hacked|breached|cracked) (?:into )?(?:your|the (?:voter|voting|election))`,
    ],
    [
      'registered-as',
      'are,currently,still,a_registered + you_are',
      raw`\byou are (?:currently |still )?(?:a )?registered (?:as|with|to vote)\b|\byou are a registered\b`,
      'weak',
    ],
    [
      'watching',
      'are,am,re,m,be,been_watching,monitoring,tracking,following + you + we i',
      raw`\b(?:we|i)(?: are|'re| am|'m| will be|'ll be| have been) (?:watching|monitoring|tracking|following) you\b(?! (?:play|perform|grow|on|count|sort|work)\b)`,
    ],
  ]),
];
