using System.Runtime.InteropServices;

namespace ResearchKit.Kernels;

/// <summary>Zeroed memory on a cache line's border that does not move; it lives as long as this object.</summary>
internal sealed unsafe class PinnedMemory
{
    readonly byte[] memory;

    /// <param name="bytes">Size.</param>
    public PinnedMemory(long bytes)
    {
        memory = GC.AllocateArray<byte>(checked((int)(bytes + 63)), pinned: true);
        Start = (byte*)(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) + 63 & ~63);
        Length = bytes;
    }

    /// <summary>The first byte.</summary>
    public byte* Start { get; }

    /// <summary>Size in bytes.</summary>
    public long Length { get; }
}
