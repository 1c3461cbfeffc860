/** What the shop sells: name, price in euros, and how often people send it back (a share of the pieces sold). */
export type CatalogueEntry = readonly [name: string, price: number, returned?: number]

/** `season` has one factor a month, January first: how much the category sells in it. */
export type Category = { name: string; season: readonly number[]; entries: readonly CatalogueEntry[] }

const EVEN = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
const SUMMER = [0.3, 0.4, 0.9, 1.6, 2.0, 2.1, 1.9, 1.4, 0.9, 0.5, 0.3, 0.3]
const WINTER = [1.4, 1.2, 0.9, 0.7, 0.6, 0.5, 0.5, 0.6, 0.9, 1.2, 1.5, 1.6]
const GIFTS = [0.7, 0.8, 0.8, 0.9, 0.9, 0.8, 0.8, 0.8, 0.9, 1.1, 1.7, 2.4]

export const CATALOGUE: readonly Category[] = [
  {
    name: 'Coffee & Tea',
    season: WINTER,
    entries: [
      ['Espresso Beans Roma 1 kg', 21.9, 0.01],
      ['Ethiopia Yirgacheffe Beans 500 g', 16.5, 0.01],
      ['Decaf Beans Sierra 500 g', 14.9, 0.01],
      ['Earl Grey Loose Leaf 250 g', 9.9, 0.01],
      ['Sencha Green Tea 100 g', 12.5, 0.01],
      ['Rooibos Vanilla 200 g', 7.9, 0.01],
      ['French Press 1 l', 34.9, 0.05],
      ['Pour-Over Kettle 1.2 l', 59.0, 0.06],
      ['Hand Coffee Grinder', 44.5, 0.07],
      ['Café au Lait Bowl', 12.9, 0.04],
      ['Milk Frother', 29.9, 0.12],
      ['Travel Mug 400 ml', 24.9, 0.04],
    ],
  },
  {
    name: 'Kitchen',
    season: GIFTS,
    entries: [
      ["Chef's Knife 20 cm", 79.0, 0.04],
      ['Bread Knife 24 cm', 54.0, 0.03],
      ['Cast Iron Pan 28 cm', 64.9, 0.05],
      ['Oak Cutting Board', 39.9, 0.04],
      ['Mixing Bowl Set', 32.5, 0.03],
      ['Digital Kitchen Scale', 27.9, 0.08],
      ['Pepper Mill', 36.0, 0.03],
      ['Rolling Pin', 18.9, 0.02],
      ['Crème Brûlée Torch', 31.5, 0.09],
      ['Baking Sheet Set', 26.9, 0.03],
      ['Salad Spinner', 28.5, 0.05],
      ['Linen Tea Towels, 3 pieces', 19.9, 0.02],
    ],
  },
  {
    name: 'Garden',
    season: SUMMER,
    entries: [
      ['Watering Can 8 l', 29.9, 0.03],
      ['Pruning Shears', 34.5, 0.04],
      ['Terracotta Pot 30 cm', 17.9, 0.1],
      ['Raised Bed 120 x 80 cm', 119.0, 0.06],
      ['Tomato Seeds, 6 varieties', 11.9, 0.01],
      ['Herb Seeds Starter Kit', 14.5, 0.02],
      ['Garden Gloves', 12.9, 0.06],
      ['Hand Trowel', 15.5, 0.02],
      ['Bird Feeder', 26.9, 0.03],
      ['Hose 25 m', 49.9, 0.05],
      ['Folding Garden Chair', 69.0, 0.07],
      ['Solar Lantern', 22.9, 0.11],
    ],
  },
  {
    name: 'Home',
    season: EVEN,
    entries: [
      ['Wool Blanket', 89.0, 0.06],
      ['Linen Cushion Cover', 27.5, 0.05],
      ['Table Lamp Näs', 74.9, 0.08],
      ['Wall Clock', 45.0, 0.06],
      ['Beeswax Candle', 14.9, 0.02],
      ['Glass Vase', 32.9, 0.08],
      ['Storage Basket', 24.9, 0.03],
      ['Cotton Rug 70 x 140 cm', 64.0, 0.09],
      ['Picture Frame 30 x 40 cm', 21.5, 0.05],
      ['Door Mat', 29.9, 0.03],
      ['Bath Towel', 24.5, 0.03],
      ['Bed Linen Set', 99.0, 0.07],
    ],
  },
  {
    name: 'Outdoor',
    season: SUMMER,
    entries: [
      ['Trekking Backpack 45 l', 139.0, 0.07],
      ['Two-Person Tent', 229.0, 0.08],
      ['Sleeping Bag', 119.0, 0.07],
      ['Insulated Bottle 750 ml', 32.9, 0.03],
      ['Headlamp', 39.9, 0.05],
      ['Camping Stove', 64.5, 0.04],
      ['Hiking Socks', 18.9, 0.05],
      ['Rain Jacket', 129.0, 0.14],
      ['Pocket Knife', 42.0, 0.02],
      ['Hammock', 59.0, 0.04],
      ['Picnic Blanket', 36.5, 0.03],
      ['Trekking Poles', 79.0, 0.05],
    ],
  },
  {
    name: 'Toys',
    season: GIFTS,
    entries: [
      ['Wooden Train Set', 54.9, 0.03],
      ['Building Blocks, 100 pieces', 34.9, 0.02],
      ['Jigsaw Puzzle 1,000 pieces', 18.9, 0.03],
      ['Board Game Harbour', 39.5, 0.02],
      ['Card Game Sechs', 12.9, 0.02],
      ['Plush Bear', 24.9, 0.03],
      ['Kite', 27.5, 0.06],
      ['Watercolour Set', 16.9, 0.02],
      ['Memory Game', 14.9, 0.02],
      ['Marble Run', 49.9, 0.05],
      ['Science Kit Crystals', 29.9, 0.04],
      ['Stacking Rings', 15.9, 0.02],
    ],
  },
  {
    name: 'Stationery',
    season: EVEN,
    entries: [
      ['Notebook A5, dotted', 14.9, 0.02],
      ['Fountain Pen', 46.0, 0.05],
      ['Ink Bottle Blue 50 ml', 9.9, 0.02],
      ['Desk Calendar', 13.9, 0.02],
      ['Pencil Set, 12 pieces', 17.5, 0.02],
      ['Letter Paper, 50 sheets', 11.9, 0.01],
      ['Brass Ruler', 19.5, 0.02],
      ['Desk Organiser', 34.9, 0.05],
      ['Washi Tape, 10 rolls', 12.5, 0.02],
      ['Leather Pencil Case', 28.9, 0.04],
    ],
  },
  {
    name: 'Clothing',
    season: WINTER,
    entries: [
      ['Merino Sweater', 98.0, 0.18],
      ['Cotton T-Shirt', 24.9, 0.12],
      ['Wool Beanie', 29.9, 0.07],
      ['Alpaca Scarf', 59.0, 0.08],
      ['Leather Belt', 49.0, 0.1],
      ['Rain Boots', 69.0, 0.16],
      ['Knitted Gloves', 26.9, 0.08],
      ['Linen Shirt', 74.0, 0.17],
      ['Canvas Tote Bag', 19.9, 0.03],
      ['Slippers', 44.9, 0.13],
    ],
  },
]

/** On sale for a while, but nobody has bought one yet. */
export const NEVER_SOLD: ReadonlySet<string> = new Set(['Stacking Rings', 'Brass Ruler', 'Rolling Pin', 'Hammock'])

/** Came into the catalogue during the two years. */
export const ADDED_LATER: ReadonlySet<string> = new Set([
  'Decaf Beans Sierra 500 g',
  'Milk Frother',
  'Salad Spinner',
  'Solar Lantern',
  'Raised Bed 120 x 80 cm',
  'Table Lamp Näs',
  'Trekking Poles',
  'Board Game Harbour',
  'Science Kit Crystals',
  'Leather Pencil Case',
  'Alpaca Scarf',
  'Canvas Tote Bag',
])
