/** When the steps below were written down: menus change. */
export const PROVIDER_STEPS_AS_OF = 'November 2026';

/** In one language: what it is called, and what to do. */
export interface Steps {
  readonly program: string;
  readonly steps: string;
}

export interface ProviderSteps {
  /** Providers (`consumerProviders`) whose accounts are best read there. */
  readonly of: readonly string[];
  readonly en: Steps;
  readonly es: Steps;
}

const INTERNET_PROVIDERS = [
  ...['Comcast', 'Charter', 'Cox', 'GCI (Alaska)', 'Frontier', 'Windstream', 'Optimum'],
  ...['CenturyLink', 'Cable One', 'WOW', 'EarthLink', 'United Online'],
];

/**
 * How a voter gets the untouched original out of their mail program. Spanish menu words stand with
 * the English ones where a program is often used in English; they were not looked up in every
 * program.
 */
export const PROVIDER_STEPS: readonly ProviderSteps[] = [
  {
    of: ['Google (Gmail)'],
    en: {
      program: 'Gmail (in a browser)',
      steps:
        'Open the message. Three dots ⋮ at the top → Forward as attachment. Or three dots ⋮ beside Reply → Show original → Download original, and send that file.',
    },
    es: {
      program: 'Gmail (en un navegador)',
      steps:
        'Abra el mensaje. Tres puntos ⋮ arriba → Reenviar como archivo adjunto (Forward as attachment). O tres puntos ⋮ junto a Responder → Mostrar original (Show original) → Descargar original, y envíe ese archivo.',
    },
  },
  {
    of: ['Microsoft (Outlook.com)'],
    en: {
      program: 'Outlook (web and new Outlook)',
      steps:
        'Open the message. Three dots ⋯ → Download or Save as. Where neither is there: start a new message and drag this one into it.',
    },
    es: {
      program: 'Outlook (en un navegador y nuevo Outlook)',
      steps:
        'Abra el mensaje. Tres puntos ⋯ → Descargar (Download) o Guardar como (Save as). Si no aparece ninguno: empiece un mensaje nuevo y arrastre este dentro de él.',
    },
  },
  {
    of: ['Microsoft (Outlook.com)'],
    en: {
      program: 'Outlook (Windows program)',
      steps:
        'Select the message. Home → More → Forward as Attachment, or press Ctrl+Alt+F. Send that mail.',
    },
    es: {
      program: 'Outlook (programa de Windows)',
      steps:
        'Seleccione el mensaje. Inicio → Más → Reenviar como datos adjuntos (Forward as Attachment), o pulse Ctrl+Alt+F. Envíe ese correo.',
    },
  },
  {
    of: ['Apple (iCloud)'],
    en: {
      program: 'iCloud (in a browser)',
      steps:
        'The page shows header lines and no whole message. Open the mailbox in Mail on a Mac, or in Thunderbird on a computer, and follow the steps for it.',
    },
    es: {
      program: 'iCloud (en un navegador)',
      steps:
        'La página muestra encabezados y no el mensaje entero. Abra el buzón en Mail de un Mac, o en Thunderbird en una computadora, y siga los pasos de ese programa.',
    },
  },
  {
    of: ['Apple (iCloud)'],
    en: {
      program: 'Apple Mail (Mac)',
      steps: 'Select the message. Message → Forward as Attachment.',
    },
    es: {
      program: 'Mail de Apple (Mac)',
      steps:
        'Seleccione el mensaje. Mensaje → Reenviar como archivo adjunto (Forward as Attachment).',
    },
  },
  {
    of: ['Yahoo', 'AT&T'],
    en: {
      program: 'Yahoo and AT&T (in a browser)',
      steps: 'Open the message. Three dots ⋯ → View raw message. Save that page as a text file.',
    },
    es: {
      program: 'Yahoo y AT&T (en un navegador)',
      steps:
        'Abra el mensaje. Tres puntos ⋯ → Ver mensaje sin formato (View raw message). Guarde esa página como archivo de texto.',
    },
  },
  {
    of: ['AOL'],
    en: {
      program: 'AOL (in a browser)',
      steps:
        'Open the message. Three dots ⋯ (or right-click it in the list) → View message source or View raw message. Save that page as a text file.',
    },
    es: {
      program: 'AOL (en un navegador)',
      steps:
        'Abra el mensaje. Tres puntos ⋯ (o clic derecho en la lista) → View message source o View raw message (ver el mensaje sin formato). Guarde esa página como archivo de texto.',
    },
  },
  {
    of: ['Proton'],
    en: { program: 'Proton Mail', steps: 'Open the message. Three dots ⋯ → Export.' },
    es: { program: 'Proton Mail', steps: 'Abra el mensaje. Tres puntos ⋯ → Exportar (Export).' },
  },
  {
    of: INTERNET_PROVIDERS,
    en: {
      program: 'Xfinity, Spectrum and other internet providers',
      steps:
        'Menus differ. Look for View source, Show headers or Save as. Else open the mailbox in Thunderbird on a computer.',
    },
    es: {
      program: 'Xfinity, Spectrum y otros proveedores de internet',
      steps:
        'Los menús varían. Busque Ver código fuente (View source), Mostrar encabezados (Show headers) o Guardar como (Save as). Si no, abra el buzón en Thunderbird en una computadora.',
    },
  },
  {
    of: ['Apple (iCloud)', ...INTERNET_PROVIDERS],
    en: {
      program: 'Thunderbird',
      steps: 'Select the message. Message → Forward As → Attachment.',
    },
    es: {
      program: 'Thunderbird',
      steps: 'Seleccione el mensaje. Mensaje → Reenviar como (Forward As) → Adjunto (Attachment).',
    },
  },
];

/** Stands with whatever program a voter has. */
export const PHONE_STEPS: Pick<ProviderSteps, 'en' | 'es'> = {
  en: {
    program: 'Phones and tablets (iPhone and iPad Mail, Gmail app, Samsung Email, Outlook app)',
    steps:
      'No such app can do it. Open the same mailbox in a browser or mail program on a computer and follow the steps for it there.',
  },
  es: {
    program: 'Teléfonos y tabletas (Mail de iPhone y iPad, Gmail, Samsung Email, Outlook)',
    steps:
      'Ninguna de estas aplicaciones puede hacerlo. Abra el mismo buzón en un navegador o programa de correo en una computadora y siga allí sus pasos.',
  },
};

export const STEPS_ALWAYS: { readonly [language in 'en' | 'es']: string } = {
  en: 'Please do not delete the message, do not click its links, and do not use the plain Forward button.',
  es: 'Por favor, no borre el mensaje, no haga clic en sus enlaces y no use el botón normal de Reenviar.',
};
