using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.Filtering;

namespace Platform.Tests.Filtering;

/// <summary>Random rows, out of values that meet each other often and are awkward.</summary>
internal static class Specimens
{
    public static readonly string[] Texts =
    [
        "", "a", "A", "b", "ab", "Ab", "a b", "null", "true", "5", "%", "_", "a%b", "a_b", @"\", @"a\b", "*", "a*b", "'", "O'Brien", "\"", "--", ");", "\n", "a\nb", "\t",
        "Ж", "ж", "ЖАЖ", "Ёлка", "ёлка", "Ä", "ä", "ß", "İ", "i", "I", "ı", "K", "k", "K", "ς", "σ", "Σ", "Ǆ", "ǅ", "ǆ", "😀", "\uE000", "\uFFFD", "é", "e\u0301", "EUR", "USD",
    ];

    public static readonly Guid[] Ids = [.. Enumerable.Range(1, 6).Select(i => new Guid(i, 0, 0, new byte[8]))];

    public static readonly decimal[] Numbers = [0, 1, -1, 5, 0.1m, 0.10m, -0.5m, 2.5m, 100, 1234.56m, 9999999999999999m, 0.0000000001m];

    public static readonly decimal[] Rates = [1, 0.5m, 2, 0.0000571234m, 1.234567891m, 4m];

    public static readonly DateOnly[] Days = [new(2026, 1, 1), new(2026, 3, 28), new(2026, 3, 29), new(2026, 5, 31), new(2026, 6, 1), new(2024, 2, 29), new(1999, 12, 31)];

    public static readonly DateTimeOffset[] Moments = [.. Days.SelectMany(day => new[] { 0, 1, 22 * 3600, 86_399.999_999 }.Select(seconds => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddSeconds(seconds)))];

    private static readonly double[] Doubles = [0, 1, -1, 5, 0.1, -0.5, 1e15, 1e22, 1.5e27, 1e28, 1e300, -1e300, 1e-10, 1.5e-28, 1e-300, 123456789.123];

    private static readonly Gen<Value> Scalar = Gen.OneOf(
        Gen.OneOf(Texts).Select(Value.ForString),
        Gen.OneOf(Doubles).Select(Value.ForNumber),
        Gen.Bool.Select(Value.ForBool),
        Gen.Const(Value.ForNull()));

    private static readonly Gen<Value> Any = Gen.OneOf(
        Scalar,
        Scalar.Array[0, 3].Select(Value.ForList),
        Gen.Select(Gen.OneOf("shade", "0", "a b"), Scalar).Select((key, value) => Value.ForStruct(new Struct { Fields = { [key] = value } })));

    private static readonly Gen<Struct> Custom = Gen.Select(Gen.OneOf("color", "size", "0", "a b", "%"), Any).Array[0, 4].Select(pairs =>
    {
        var fields = new Struct();
        foreach (var (key, value) in pairs)
            fields.Fields[key] = value;
        return fields;
    });

    /// <summary>Groups of some of the ids: the others name what is not there.</summary>
    public static SpecimenGroup[] Groups() => [.. Ids.Take(4).Select(id =>
        Gen.Select(Gen.OneOf(Texts), Gen.OneOf(Texts).Null(), OrNull(Gen.OneOf(Numbers)), OrNull(Gen.OneOf(Days)), Custom)
            .Select((title, remark, rank, day, custom) => new SpecimenGroup { Id = id, Title = title, Remark = remark, Rank = rank, Day = day, CustomFields = custom }).Single())];

    /// <summary>Every fiftieth has one of the ids that others name.</summary>
    public static Specimen[] Random(int count) => [.. Gen.Select(Numbered, Timed, Listed).Array[count].Single().Select((parts, i) =>
        Join(i % 50 == 0 ? Ids[i / 50 % Ids.Length] : Guid.CreateVersion7(), parts.Item1, parts.Item2, parts.Item3))];

    /// <summary>Moments, zones and people for whom the same expression means different things.</summary>
    public static Gen<FilterContext> Contexts { get; } = Gen.Select(
        Gen.OneOf(Moments),
        Gen.OneOf("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia").Select(TimeZoneInfo.FindSystemTimeZoneById),
        Gen.Select(OrNull(Gen.OneOf(Ids)), Gen.OneOf(Ids).Array[0, 3], Gen.OneOf(Texts).Array[0, 3], Gen.OneOf(Ids).Array[0, 3]))
        .Select((now, zone, user) => new FilterContext(now, zone, new CallerVariables(user.Item1, user.Item2, user.Item3, user.Item4)));

    private static Gen<Specimen> Numbered { get; } = Gen.Select(
        Gen.OneOf(Texts), Gen.OneOf(Texts).Null(), Gen.OneOf(Numbers), OrNull(Gen.OneOf(Numbers)), Gen.Int[-2, 6], OrNull(Gen.Long[-2, 6]), Gen.Bool, OrNull(Gen.Bool))
        .Select((name, note, price, discount, number, size, active, isChecked) => new Specimen
        {
            Name = name,
            Note = note,
            Price = price,
            Discount = discount,
            Count = number,
            Size = size,
            Active = active,
            Checked = isChecked,
        });

    private static Gen<Specimen> Timed { get; } = Gen.Select(
        Gen.OneOf(Days), OrNull(Gen.OneOf(Days)), Gen.OneOf(Moments), OrNull(Gen.OneOf(Moments)), Gen.OneOf(System.Enum.GetValues<LeadStatus>()), OrNull(Gen.OneOf(System.Enum.GetValues<LeadStatus>())))
        .Select((day, due, created, seen, status, next) => new Specimen { Day = day, DueDate = due, CreateTime = created, SeenTime = seen, Status = status, NextStatus = next });

    private static Gen<Specimen> Listed { get; } = Gen.Select(
        OrNull(Gen.OneOf(Ids)), Gen.OneOf(Texts).List[0, 3], Gen.OneOf(Ids).List[0, 3].Null(), OrNull(Gen.OneOf(Numbers)), Gen.OneOf("EUR", "USD", ""), Custom, OrNull(Gen.OneOf(Ids)), OrNull(Gen.OneOf(Rates)))
        .Select((owner, tags, teams, amount, currency, custom, group, rate) =>
            new Specimen { OwnerId = owner, Tags = tags, TeamIds = teams, Amount = amount, Currency = currency, CustomFields = custom, GroupId = group, Rate = rate });

    private static Specimen Join(Guid id, Specimen numbered, Specimen timed, Specimen listed) => new()
    {
        Id = id,
        Name = numbered.Name,
        Note = numbered.Note,
        Price = numbered.Price,
        Discount = numbered.Discount,
        Count = numbered.Count,
        Size = numbered.Size,
        Active = numbered.Active,
        Checked = numbered.Checked,
        Day = timed.Day,
        DueDate = timed.DueDate,
        CreateTime = timed.CreateTime,
        SeenTime = timed.SeenTime,
        Status = timed.Status,
        NextStatus = timed.NextStatus,
        OwnerId = listed.OwnerId,
        Tags = listed.Tags,
        TeamIds = listed.TeamIds,
        Amount = listed.Amount,
        Currency = listed.Currency,
        Rate = listed.Rate,
        CustomFields = listed.CustomFields,
        GroupId = listed.GroupId,
    };

    private static Gen<TValue?> OrNull<TValue>(Gen<TValue> values)
        where TValue : struct => Gen.Frequency((1, Gen.Const((TValue?)null)), (3, values.Select(value => (TValue?)value)));
}
