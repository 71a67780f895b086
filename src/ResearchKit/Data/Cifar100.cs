namespace ResearchKit.Data;

/// <summary>CIFAR-100 in its published binary form: each record begins with the label among 20 groups and the one among 100 classes.</summary>
static class Cifar100
{
    const int ValidationImages = 5000;

    /// <summary>With the labels of the 100 classes.</summary>
    public static CifarRecords Fine { get; } = new(
    [
        "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
        "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
        "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
        "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
        "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
        "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
        "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
        "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
        "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
        "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
    ], LabelBytes: 2, LabelAt: 1);

    /// <summary>With the labels of the 20 groups.</summary>
    public static CifarRecords Coarse { get; } = new(
    [
        "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables", "household_electrical_devices",
        "household_furniture", "insects", "large_carnivores", "large_man-made_outdoor_things", "large_natural_outdoor_scenes",
        "large_omnivores_and_herbivores", "medium_mammals", "non-insect_invertebrates", "people", "reptiles", "small_mammals", "trees",
        "vehicles_1", "vehicles_2",
    ], LabelBytes: 2, LabelAt: 0);

    /// <summary>The validation images are the same for both kinds of labels: 50 of each of the 100 classes.</summary>
    public static DataSet Read(CachedEntry entry, string name, CifarRecords records)
    {
        string[] training = [entry.PathOf("train.bin")], testing = [entry.PathOf("test.bin")];
        var (train, validation) = Split.Stratified(Fine.ReadLabels(training), ValidationImages);
        return new DataSet(name, records.Read($"{name} train", training, train), records.Read($"{name} validation", training, validation),
            records.Read($"{name} test", testing), entry.Provenance, Synthetic: false);
    }
}
