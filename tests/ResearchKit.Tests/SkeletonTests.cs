namespace ResearchKit.Tests;

public class SkeletonTests
{
    [Fact]
    public void Runs_on_sixty_four_bits() => Assert.Equal(8, IntPtr.Size);
}
