namespace Platform.Benchmarks;

internal static class Quantiles
{
    /// <summary>The value below which that part of the sorted values lies; 0 where there are none.</summary>
    public static double Of(IReadOnlyList<double> sorted, double quantile) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * quantile)];
}
