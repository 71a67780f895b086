namespace ResearchKit.Kernels;

/// <summary>
/// Weights of one or more bits, sliced: for each position of the filter, one bit of every filter side by side. Positions are the
/// channels of one tap after the other; each tap's are filled up with zeros to whole groups of three.
/// </summary>
internal sealed class BitSlices
{
    /// <summary>Positions that are looked up at once.</summary>
    public const int Group = 3;

    /// <summary>The pinned words: [bits, groups, 3, words].</summary>
    readonly ulong[] slices;

    public BitSlices(int filters, int taps, int channels, int bits)
    {
        (Filters, Taps, Channels, Bits) = (filters, taps, channels, bits);
        GroupsPerTap = GroupsFor(channels);
        // Three words are no quicker than four.
        var words = (filters + 63) / 64;
        Words = words % 4 == 3 ? words + 1 : words;
        slices = GC.AllocateArray<ulong>(checked(bits * Groups * Group * Words), pinned: true);
    }

    public int Filters { get; }

    public int Taps { get; }

    public int Channels { get; }

    /// <summary>Bits of a weight.</summary>
    public int Bits { get; }

    public int GroupsPerTap { get; }

    public int Groups => Taps * GroupsPerTap;

    /// <summary>Words of one position, 64 filters each.</summary>
    public int Words { get; }

    public static int GroupsFor(int channels) => (channels + Group - 1) / Group;

    /// <summary>Sets a bit of a weight.</summary>
    public void Set(int filter, int tap, int channel, int bit) =>
        slices[Index(filter, tap, channel, bit)] |= 1UL << filter % 64;

    /// <summary>Whether a bit of a weight is set.</summary>
    public bool IsSet(int filter, int tap, int channel, int bit) =>
        (slices[Index(filter, tap, channel, bit)] >> filter % 64 & 1) != 0;

    /// <summary>The first position of a group, from <paramref name="word"/> on; the next position is <see cref="Words"/> further.</summary>
    public unsafe ulong* Position(int bit, int group, int word) =>
        (ulong*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(slices, (bit * Groups + group) * Group * Words + word);

    int Index(int filter, int tap, int channel, int bit) =>
        ((bit * Groups + tap * GroupsPerTap) * Group + channel) * Words + filter / 64;
}
