namespace Platform.Search.Texts;

/// <summary>How far two words are apart, counted in letters that are missing, too many, wrong or swapped with their neighbour.</summary>
internal static class Closeness
{
    /// <summary>How many typing errors a word of that length may have.</summary>
    public static int Allowed(string word) => word.Length < Trigrams.LeastLength ? 0 : word.Length < 8 ? 1 : 2;

    /// <summary>Whether a typed word, or one that is still being typed, means a known one.</summary>
    public static bool Means(string typed, string known)
    {
        var allowed = Allowed(typed);
        if (allowed == 0 || known.Length < typed.Length - allowed)
            return false;
        // Of a longer word only its beginning is typed yet, which may have a letter more or less.
        var shortest = Math.Max(1, typed.Length - allowed);
        var longest = Math.Min(known.Length, typed.Length + allowed);
        var row = Distances(typed, known[..longest]);
        for (var length = shortest; length <= longest; length++)
        {
            if (row[length] <= allowed)
                return true;
        }

        return false;
    }

    // The distance of the typed word to each beginning of the known one (optimal string alignment).
    private static int[] Distances(string typed, string known)
    {
        var (before, last, row) = (new int[known.Length + 1], new int[known.Length + 1], new int[known.Length + 1]);
        for (var j = 0; j <= known.Length; j++)
            row[j] = j;
        for (var i = 1; i <= typed.Length; i++)
        {
            (before, last, row) = (last, row, before);
            row[0] = i;
            for (var j = 1; j <= known.Length; j++)
            {
                var cost = typed[i - 1] == known[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && typed[i - 1] == known[j - 2] && typed[i - 2] == known[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row;
    }
}
