package dev.breakwater.inventory.catalogue;

import java.util.List;

/**
 * A shelf of the demo shop.
 *
 * @param cheapest in minor units
 * @param dearest in minor units
 */
record DemoCategory(String name, List<String> things, List<String> materials, long cheapest, long dearest) {

    private static DemoCategory of(String name, long cheapest, long dearest, String materials, String things) {
        return new DemoCategory(name, List.of(things.split(", ")), List.of(materials.split(", ")), cheapest, dearest);
    }

    static final List<DemoCategory> ALL = List.of(
            of(
                    "kitchen",
                    1_900,
                    69_900,
                    "Enamel, Cast-Iron, Stainless Steel, Copper, Ceramic, Beech",
                    "Kettle, Saucepan, Mixing Bowl, Teapot, Colander, Storage Jar, Frying Pan, Ladle, Grater, Trivet"),
            of(
                    "tableware",
                    900,
                    29_900,
                    "Porcelain, Stoneware, Bamboo, Glass, Celadon",
                    "Dinner Plate, Soup Bowl, Tea Cup, Serving Dish, Sauce Bowl, Water Jug, Cake Stand, Egg Cup"),
            of(
                    "tea",
                    2_900,
                    128_000,
                    "Spring, Aged, Smoked, Jasmine, High-Mountain, Organic",
                    "Green Tea, Oolong, Pu-erh, White Tea, Black Tea, Yellow Tea, Tea Brick, Tea Sampler"),
            of(
                    "coffee",
                    3_900,
                    249_900,
                    "Single-Origin, Dark-Roast, Washed, Brushed Steel, Walnut",
                    "Espresso Beans, Filter Beans, Hand Grinder, Dripper, Moka Pot, Milk Jug, Scale, Tamper"),
            of(
                    "bedding",
                    5_900,
                    159_900,
                    "Linen, Cotton, Silk, Wool, Bamboo-Fibre",
                    "Duvet Cover, Pillowcase, Fitted Sheet, Blanket, Quilt, Mattress Topper, Throw"),
            of(
                    "furniture",
                    19_900,
                    899_900,
                    "Oak, Walnut, Rattan, Ash, Steel, Bamboo",
                    "Bookshelf, Side Table, Stool, Desk, Wardrobe, Bench, Coat Stand, Sideboard, Armchair"),
            of(
                    "lighting",
                    3_900,
                    189_900,
                    "Brass, Paper, Opal Glass, Linen, Concrete",
                    "Desk Lamp, Pendant Lamp, Floor Lamp, Night Light, Wall Lamp, Lantern, Reading Light"),
            of(
                    "stationery",
                    500,
                    39_900,
                    "Recycled, Leather, Brass, Cloth-Bound, Cedar",
                    "Notebook, Fountain Pen, Pencil Case, Desk Pad, Letter Opener, Ink Bottle, Sketchbook, Ruler"),
            of(
                    "books",
                    1_900,
                    19_900,
                    "Illustrated, Pocket, Annotated, Collector's, Revised",
                    "Cookbook, Atlas, Field Guide, Poetry Anthology, Travel Diary, Garden Almanac, Art History"),
            of(
                    "audio",
                    9_900,
                    499_900,
                    "Wireless, Closed-Back, Walnut, Aluminium, Portable",
                    "Headphones, Bookshelf Speaker, Turntable, Radio, Microphone, Earphones, Amplifier"),
            of(
                    "computing",
                    4_900,
                    699_900,
                    "Mechanical, Ergonomic, Compact, Aluminium, Silent",
                    "Keyboard, Mouse, Monitor Arm, Laptop Stand, Docking Station, Webcam, Memory Card, Trackball"),
            of(
                    "photography",
                    6_900,
                    989_900,
                    "Compact, Carbon-Fibre, Waxed-Canvas, Vintage, Weatherproof",
                    "Camera, Tripod, Camera Bag, Prime Lens, Light Meter, Film Roll, Lens Filter, Flash"),
            of(
                    "outdoors",
                    2_900,
                    349_900,
                    "Ultralight, Waterproof, Titanium, Ripstop, Insulated",
                    "Tent, Sleeping Bag, Rucksack, Camp Stove, Headlamp, Hammock, Water Bottle, Trekking Pole"),
            of(
                    "cycling",
                    1_900,
                    799_900,
                    "Steel, Reflective, Carbon, Leather, Puncture-Proof",
                    "Saddle, Helmet, Pannier, Tyre, Bell, Handlebar Tape, Bicycle Pump, Mudguard, Touring Bike"),
            of(
                    "fitness",
                    1_900,
                    399_900,
                    "Cork, Cast-Iron, Natural-Rubber, Adjustable, Foldable",
                    "Yoga Mat, Kettlebell, Skipping Rope, Resistance Band, Foam Roller, Dumbbell, Balance Board"),
            of(
                    "toys",
                    1_500,
                    89_900,
                    "Wooden, Plush, Magnetic, Hand-Painted, Felt",
                    "Building Blocks, Train Set, Puzzle, Spinning Top, Kite, Bear, Marble Run, Music Box"),
            of(
                    "garden",
                    1_200,
                    259_900,
                    "Terracotta, Galvanised, Willow, Forged, Heirloom",
                    "Planter, Watering Can, Trowel, Seed Box, Bird House, Secateurs, Trellis, Rain Gauge"),
            of(
                    "clothing",
                    3_900,
                    299_900,
                    "Merino, Linen, Denim, Cashmere, Waxed-Cotton",
                    "Scarf, Overshirt, Jumper, Rain Jacket, Beanie, Trousers, Gloves, Socks, Dress"),
            of(
                    "bags",
                    4_900,
                    329_900,
                    "Canvas, Leather, Felt, Nylon, Cork",
                    "Tote, Messenger Bag, Weekender, Wallet, Backpack, Wash Bag, Laptop Sleeve, Belt Bag"),
            of(
                    "care",
                    900,
                    59_900,
                    "Sandalwood, Olive, Unscented, Green-Tea, Beeswax",
                    "Soap, Hand Cream, Shampoo Bar, Bath Salt, Candle, Lip Balm, Hair Brush, Body Oil"));
}
