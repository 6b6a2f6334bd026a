using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Rest;
using Enum = System.Enum;

namespace Platform.Search.Customers;

/// <summary>What is told of records in an overview.</summary>
internal static class OverviewMessages
{
    /// <summary>A section of what a list showed.</summary>
    public static V1.OverviewSection Section<T>(IReadOnlyCollection<T> listed, bool hasMore, int itemCount, Func<T, V1.OverviewItem> item) =>
        new() { State = V1.SectionState.Ready, Total = listed.Count, TotalPartial = hasMore, Items = { listed.Take(itemCount).Select(item) } };

    /// <summary>A record of it.</summary>
    public static V1.OverviewItem Item(string type, string id, string title, string status = "", Money? amount = null, Timestamp? time = null) =>
        new() { Type = type, Id = id, Title = title, Status = status, Amount = amount, Time = time };

    /// <summary>Adds a sum in each currency that there is of it: after the company has changed its own, there are records of before.</summary>
    public static V1.OverviewSection Add(this V1.OverviewSection section, string name, IEnumerable<Money?> amounts)
    {
        var all = amounts.ToList();
        var known = all.Select(InCompanyCurrency.Read).OfType<(decimal Amount, string Currency)>().ToList();
        section.Sums.AddRange(known.GroupBy(amount => amount.Currency, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new V1.OverviewSum { Name = name, Amount = InCompanyCurrency.Sum(group), Count = group.Count() }));
        section.UnconvertedCount += all.Count - known.Count;
        return section;
    }

    /// <summary>A value as the .proto names it; empty where it was not told.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum =>
        EqualityComparer<T>.Default.Equals(value, default) ? "" : EnumNames.Of(value);
}
