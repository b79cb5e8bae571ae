/** Where the demo's customers are, and their names: sixty companies in all. */
export type Place = {
  country: string;
  /** Subdivision as date-holidays names it. */
  region?: string;
  timeZone: string;
  language: 'en' | 'de' | 'fr' | 'es';
  currency: string;
  /** Minor units of about one US dollar, to size invoices. */
  minorPerDollar: number;
  domain: string;
  companies: readonly string[];
  people: readonly string[];
};

export const places: readonly Place[] = [
  { country: 'US', region: 'NY', timeZone: 'America/New_York', language: 'en', currency: 'USD', minorPerDollar: 100, domain: 'com',
    companies: ['Hudson Ridge Logistics', 'Fulton Street Media', 'Adirondack Outfitters', 'Gramercy Dental Group', 'Eastline Couriers', 'Palisade Architects', 'Corbin Tool & Die', 'Brightwater Schools'],
    people: ['Dana Whitfield', 'Marcus Reyes', 'Priya Nair', 'Ellen Kowalski', 'Tom Abernathy'] },
  { country: 'US', region: 'IL', timeZone: 'America/Chicago', language: 'en', currency: 'USD', minorPerDollar: 100, domain: 'com',
    companies: ['Lakeshore Grain Exchange', 'Halsted Furniture', 'Prairie State Printing', 'Calumet Steel Supply'],
    people: ['Renee Okafor', 'Jim Sandoval', 'Laura Petersen'] },
  { country: 'US', region: 'CA', timeZone: 'America/Los_Angeles', language: 'en', currency: 'USD', minorPerDollar: 100, domain: 'com',
    companies: ['Redwood Robotics', 'Marin Vineyards', 'Pacific Crest Rentals', 'Castro Valley Foods', 'Tern Analytics'],
    people: ['Kenji Mori', 'Alicia Duarte', 'Ben Hollis', 'Sara Lindqvist'] },
  { country: 'CA', region: 'ON', timeZone: 'America/Toronto', language: 'en', currency: 'CAD', minorPerDollar: 136, domain: 'ca',
    companies: ['Rideau Engineering', 'Maple & Birch Interiors', 'Queen West Studios'], people: ['Chantal Roy', 'Owen McAllister'] },
  { country: 'DE', region: 'BY', timeZone: 'Europe/Berlin', language: 'de', currency: 'EUR', minorPerDollar: 92, domain: 'de',
    companies: ['Isartal Maschinenbau GmbH', 'Lechfeld Präzision AG', 'Brauhaus Rosenheim KG', 'Münchner Medizintechnik GmbH', 'Altmühl Möbelwerke', 'Donau Spedition GmbH', 'Allgäu Milchwerke eG'],
    people: ['Katharina Vogel', 'Jürgen Brandl', 'Miriam Hofmann', 'Florian Weiß'] },
  { country: 'DE', region: 'HH', timeZone: 'Europe/Berlin', language: 'de', currency: 'EUR', minorPerDollar: 92, domain: 'de',
    companies: ['Elbkontor Handels GmbH', 'Hanseatische Kühlhaus AG', 'Speicherstadt Kaffee GmbH', 'Alster Verlag'], people: ['Anke Petersen', 'Lars Behrens'] },
  { country: 'AT', region: '9', timeZone: 'Europe/Vienna', language: 'de', currency: 'EUR', minorPerDollar: 92, domain: 'at',
    companies: ['Wiener Lüftungstechnik GmbH', 'Donaukanal Gastronomie'], people: ['Elisabeth Gruber', 'Stefan Mayr'] },
  { country: 'CH', region: 'ZH', timeZone: 'Europe/Zurich', language: 'de', currency: 'CHF', minorPerDollar: 90, domain: 'ch',
    companies: ['Limmat Feinmechanik AG', 'Zürichsee Treuhand'], people: ['Reto Keller', 'Ursina Caduff'] },
  { country: 'FR', timeZone: 'Europe/Paris', language: 'fr', currency: 'EUR', minorPerDollar: 92, domain: 'fr',
    companies: ['Ateliers de la Loire', 'Boulangeries Mercier', 'Transports Garonne', 'Éditions du Marais', 'Vergers de Provence'],
    people: ['Camille Laurent', 'Étienne Moreau', 'Nadia Benali'] },
  { country: 'ES', region: 'MD', timeZone: 'Europe/Madrid', language: 'es', currency: 'EUR', minorPerDollar: 92, domain: 'es',
    companies: ['Talleres Guadarrama', 'Aceites del Henares', 'Clínicas Retiro', 'Imprenta Lavapiés', 'Logística Barajas'], people: ['Lucía Fernández', 'Javier Ortega', 'Íñigo Salas'] },
  { country: 'MX', timeZone: 'America/Mexico_City', language: 'es', currency: 'MXN', minorPerDollar: 1800, domain: 'mx',
    companies: ['Textiles Anáhuac', 'Agroindustrias del Bajío', 'Constructora Xochimilco'], people: ['Ximena Torres', 'Rodrigo Aguilar'] },
  { country: 'GB', region: 'ENG', timeZone: 'Europe/London', language: 'en', currency: 'GBP', minorPerDollar: 79, domain: 'co.uk',
    companies: ['Thornbury Fabrics', 'Mersey Marine Services', 'Pennine Software', 'Camden Lock Theatres', 'Severn Valley Dairies'],
    people: ['Harriet Cole', 'Imran Siddiqui', 'Gareth Pugh'] },
  { country: 'JP', timeZone: 'Asia/Tokyo', language: 'en', currency: 'JPY', minorPerDollar: 150, domain: 'co.jp',
    companies: ['Sumida Optical', 'Kanda Book Trading', 'Shonan Boats'], people: ['Haruka Endo', 'Takumi Sato'] },
  { country: 'KW', timeZone: 'Asia/Kuwait', language: 'en', currency: 'KWD', minorPerDollar: 307, domain: 'com.kw',
    companies: ['Shuwaikh Cold Stores', 'Failaka Marine Supplies'], people: ['Noura Al-Sabah', 'Yousef Al-Mutairi'] },
  { country: 'AU', region: 'NSW', timeZone: 'Australia/Sydney', language: 'en', currency: 'AUD', minorPerDollar: 152, domain: 'com.au',
    companies: ['Harbourside Events', 'Blue Mountains Timber'], people: ['Jack Brennan', 'Mei Tran'] },
];
