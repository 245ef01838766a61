using System.Globalization;
using System.Security.Cryptography;
using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// Passwords that the portal chooses. The one of the demo accounts is made for this installation when it is first needed and
/// kept in a file that only the portal may read: there is no default that two installations would share.
/// </summary>
internal static class ReadablePassword
{
    private const int Words = 4;

    private static readonly string[] Vocabulary =
    [
        .. """
            acorn amber anvil apricot arrow aspen atlas badger bamboo banyan barley basalt beacon bilva bison bramble breeze bronze
            cactus camel canoe cedar chalk cherry cinder clover cobalt comet copper coral cotton crane crocus cymbal dahlia delta
            drizzle drum ebony ember falcon fennel fern flint flute fossil garnet ginger glacier gourd granite grove gull hazel
            heron hibiscus indigo iris ivory jackal jamun jasmine jute kettle kiln kite lagoon lantern larch lemon lentil lilac
            linen lotus lynx magnet mango maple marble marigold marsh meadow millet mint mistral monsoon moss myrtle neem nettle
            nutmeg oasis olive onyx opal orchid otter owl papaya peacock pebble pepper pine plum pollen poplar prism quartz
            quince raft raven reed ridge rudder saffron sandal sesame shale sitar sparrow spruce summit sundew tabla tamarind
            teak thicket thistle thyme tulip tundra turmeric umber valley velvet walnut willow yarrow zephyr zinnia
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    public static string ReadOrMake(string path)
    {
        if (Read(path) is { Length: > 0 } known)
        {
            return known;
        }

        var password = Make();
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        PrivateFiles.Replace(path, password);
        return password;
    }

    /// <summary>Four words and a number: over 40 bits, and easy to type from a screen.</summary>
    public static string Make()
    {
        var words = Enumerable.Range(0, Words).Select(_ => Vocabulary[RandomNumberGenerator.GetInt32(Vocabulary.Length)]);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join('-', words)}-{RandomNumberGenerator.GetInt32(1000, 10000)}");
    }
}
