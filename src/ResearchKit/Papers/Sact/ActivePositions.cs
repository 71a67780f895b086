namespace ResearchKit.Papers.Sact;

/// <summary>Positions of a map of H by W, as a list and as marks in a padded map.</summary>
sealed class ActivePositions
{
    readonly bool[] _marks; // [H + 2, W + 2]
    readonly int[] _list;

    internal ActivePositions(int height, int width)
    {
        (Height, Width) = (height, width);
        _marks = new bool[(height + 2) * (width + 2)];
        _list = new int[height * width];
    }

    internal int Height { get; }

    internal int Width { get; }

    /// <summary>Pixels of a padded row.</summary>
    internal int RowStride => Width + 2;

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Their places in the padded map.</summary>
    internal ReadOnlySpan<int> Padded => _list.AsSpan(0, Count);

    /// <summary>Takes all positions.</summary>
    internal void SetAll() => Set(_ => true);

    /// <summary>Takes those of <paramref name="positions"/> and their eight neighbours.</summary>
    internal void SetNeighbourhood(ActivePositions positions)
    {
        Array.Clear(_marks);
        foreach (int place in positions.Padded)
        {
            for (int dy = -RowStride; dy <= RowStride; dy += RowStride)
            {
                _marks[place + dy - 1] = _marks[place + dy] = _marks[place + dy + 1] = true;
            }
        }

        Set(place => _marks[place]);
    }

    /// <summary>Keeps those that a test of the padded place holds for.</summary>
    internal void Keep(Func<int, bool> holds)
    {
        int kept = 0;
        foreach (int place in Padded)
        {
            if (holds(place))
            {
                _list[kept++] = place;
            }
        }

        Count = kept;
    }

    void Set(Func<int, bool> holds)
    {
        Count = 0;
        for (int y = 1; y <= Height; y++)
        {
            for (int place = (y * RowStride) + 1; place <= (y * RowStride) + Width; place++)
            {
                if (holds(place))
                {
                    _list[Count++] = place;
                }
            }
        }
    }
}
