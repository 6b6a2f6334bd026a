using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.Filtering;
using Xunit;

namespace Platform.Tests.Filtering;

/// <summary>What expressions mean; that PostgreSQL means the same is shown by <see cref="AgreementFacts"/>.</summary>
public sealed class MeaningFacts
{
    [Theory]
    [InlineData("active OR checked AND count = 1", "(a | b) & c")]
    [InlineData("count = 1 AND active OR checked", "(a | b) & c")]
    [InlineData("active count = 1 OR checked", "a & (c | b)")]
    [InlineData("active checked OR count = 1 AND active", "a & (b | c)")]
    [InlineData("NOT active OR checked", "!a | b")]
    [InlineData("NOT (active OR checked)", "!a & !b")]
    [InlineData("-active checked", "!a & b")]
    [InlineData("-(active checked)", "!a | !b")]
    [InlineData("(active AND checked) OR count = 1", "(a & b) | c")]
    public void Or_binds_tighter_than_a_sequence_and_a_sequence_tighter_than_and(string filter, string meaning)
    {
        for (var bits = 0; bits < 8; bits++)
        {
            var (a, b, c) = ((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0);
            var expected = meaning switch
            {
                "(a | b) & c" => (a || b) && c,
                "a & (c | b)" or "a & (b | c)" => a && (b || c),
                "!a | b" => !a || b,
                "!a & !b" => !a && !b,
                "!a & b" => !a && b,
                "!a | !b" => !a || !b,
                "(a & b) | c" => (a && b) || c,
                _ => throw new ArgumentException(meaning),
            };
            Assert.Equal(expected, new Specimen { Active = a, Checked = b, Count = c ? 1 : 0 }.Passes(filter));
        }
    }

    [Theory]
    [InlineData("note = \"a\"", false)]
    [InlineData("note != \"a\"", false)]
    [InlineData("NOT note = \"a\"", false)]
    [InlineData("NOT note : \"a\"", false)]
    [InlineData("note:*", false)]
    [InlineData("NOT note:*", true)]
    [InlineData("note = null", true)]
    [InlineData("note != null", false)]
    [InlineData("note != \"a\" OR note = null", true)]
    [InlineData("checked", false)]
    [InlineData("NOT checked", false)]
    [InlineData("discount < 5 OR discount >= 5", false)]
    [InlineData("NOT (discount < 5 AND price = 1)", true)]
    [InlineData("NOT (discount < 5 OR price = 1)", false)]
    [InlineData("owner_id = user.id", false)]
    [InlineData("NOT owner_id : user.teams", false)]
    [InlineData("team_ids : user.teams", false)]
    [InlineData("NOT team_ids : user.teams", false)]
    [InlineData("custom_fields.color != \"red\"", false)]
    [InlineData("name:*", false)]
    [InlineData("name = \"\"", true)]
    [InlineData("status:*", false)]
    [InlineData("tags:*", false)]
    public void What_is_missing_is_unknown_and_neither_equal_nor_unequal(string filter, bool passes) => Assert.Equal(passes, new Specimen().Passes(filter));

    [Theory]
    [InlineData("name = \"Ann Smith\"", true)]
    [InlineData("name = \"ann smith\"", false)]
    [InlineData("name = 'Ann Smith'", true)]
    [InlineData("name : \"SMITH\"", true)]
    [InlineData("name : \"sm*h\"", true)]
    [InlineData("name = \"Ann*\"", true)]
    [InlineData("name = \"*Smith\"", true)]
    [InlineData("name = \"*n*S*\"", true)]
    [InlineData("name = Ann*", true)]
    [InlineData("name = \"ann*\"", false)]
    [InlineData("name != \"Bob*\"", true)]
    [InlineData("name = \"Ann\\*\"", false)]
    [InlineData("name = (\"Bob\" OR \"Ann Smith\")", true)]
    [InlineData("name != (\"Bob\" AND \"Eve\")", true)]
    [InlineData("name = (NOT \"Bob\")", true)]
    [InlineData("name > \"Ann\" name < \"Anna\"", true)]
    [InlineData("price = 12.50", true)]
    [InlineData("price = 12.5000", true)]
    [InlineData("price > -5", true)]
    [InlineData("count = (-1 OR 2 OR 3)", true)]
    [InlineData("status = LEAD_STATUS_WORKING", true)]
    [InlineData("status : LEAD_STATUS_WORKING", true)]
    [InlineData("tags : \"vip\"", true)]
    [InlineData("tags : \"vi\"", false)]
    [InlineData("amount >= \"100 EUR\"", true)]
    [InlineData("amount >= \"100 USD\"", false)]
    [InlineData("NOT amount >= \"100 USD\"", false)]
    [InlineData("amount >= 100 amount.currency = EUR", true)]
    [InlineData("worth = 125", true)]
    [InlineData("worth > 124.99 AND worth < 125.01", true)]
    [InlineData("NOT worth >= 200", true)]
    [InlineData("worth >= \"100 EUR\"", true)]
    [InlineData("worth.amount = 100", true)]
    [InlineData("worth = null", false)]
    [InlineData("custom_fields.color = \"red\"", true)]
    [InlineData("custom_fields.color : \"RE\"", true)]
    [InlineData("custom_fields.\"shoe size\" >= 42.5", true)]
    [InlineData("custom_fields.\"shoe size\" = \"42.5\"", false)]
    [InlineData("custom_fields.vip", true)]
    [InlineData("custom_fields:color", true)]
    [InlineData("custom_fields:size", false)]
    [InlineData("custom_fields.sizes : \"xl\"", true)]
    [InlineData("custom_fields.address.city = \"Bonn\"", true)]
    [InlineData("custom_fields.until > 2026-05-30", true)]
    [InlineData("custom_fields.until = today()", true)]
    [InlineData("", true)]
    [InlineData("   ", true)]
    public void Values_compare_as_users_expect(string filter, bool passes)
    {
        var row = new Specimen { Name = "Ann Smith", Price = 12.5m, Count = 2, Status = LeadStatus.Working, Tags = ["vip", "new"], Amount = 100, Currency = "EUR", Rate = 1.25m };
        row.CustomFields = new Struct
        {
            Fields =
            {
                ["color"] = Value.ForString("Red".ToLowerInvariant()), ["shoe size"] = Value.ForNumber(42.5), ["vip"] = Value.ForBool(true), ["until"] = Value.ForString("2026-05-31"),
                ["sizes"] = Value.ForList(Value.ForString("m"), Value.ForString("xl")), ["address"] = Value.ForStruct(new Struct { Fields = { ["city"] = Value.ForString("Bonn") } }),
            },
        };
        Assert.Equal(passes, row.Passes(filter));
    }

    [Theory]
    [InlineData("worth >= 5", false)]
    [InlineData("NOT worth >= 5", false)]
    [InlineData("worth != 5", false)]
    [InlineData("worth:*", true)]
    [InlineData("worth.amount >= 5", true)]
    [InlineData("worth >= \"5 USD\"", true)]
    [InlineData("worth >= 5 OR worth.amount = 100", true)]
    public void Without_a_rate_what_is_converted_is_unknown_and_the_rest_is_not(string filter, bool passes) =>
        Assert.Equal(passes, new Specimen { Amount = 100, Currency = "USD" }.Passes(filter));

    [Theory]
    [InlineData("today()", "2026-05-31T22:30:00Z", "Europe/Berlin", "2026-05-31T22:00:00Z")]
    [InlineData("today()", "2026-05-31T22:30:00Z", "UTC", "2026-05-31T00:00:00Z")]
    [InlineData("daysAgo(7)", "2026-05-31T22:30:00Z", "UTC", "2026-05-24T00:00:00Z")]
    [InlineData("startOfDay(1)", "2026-05-31T12:00:00Z", "America/New_York", "2026-06-01T04:00:00Z")]
    [InlineData("startOfWeek()", "2026-05-31T12:00:00Z", "UTC", "2026-05-25T00:00:00Z")]
    [InlineData("startOfWeek(1)", "2026-06-01T12:00:00Z", "UTC", "2026-06-08T00:00:00Z")]
    [InlineData("startOfMonth(-3)", "2026-05-31T12:00:00Z", "UTC", "2026-02-01T00:00:00Z")]
    [InlineData("startOfQuarter()", "2026-05-31T12:00:00Z", "Europe/Berlin", "2026-03-31T22:00:00Z")]
    [InlineData("startOfYear(-1)", "2026-05-31T12:00:00Z", "Asia/Kolkata", "2024-12-31T18:30:00Z")]
    [InlineData("now()", "2026-05-31T12:00:00Z", "Asia/Kolkata", "2026-05-31T12:00:00Z")]
    [InlineData("2026-05-31T14:00:00+02:00", "2026-05-31T12:00:00Z", "UTC", "2026-05-31T12:00:00Z")]
    [InlineData("\"2026-05-31T14:00\"", "2026-05-31T12:00:00Z", "Europe/Berlin", "2026-05-31T12:00:00Z")]
    [InlineData("2026-03-29", "2026-05-31T12:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00Z")]
    [InlineData("2026-03-29T02:30:00", "2026-05-31T12:00:00Z", "Europe/Berlin", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-05-31T12:00:00Z", "Europe/Berlin", "2026-10-25T00:30:00Z")]
    public void Dates_begin_where_the_user_is(string value, string now, string zone, string instant)
    {
        var context = Samples.At(now, zone);
        var row = new Specimen { SeenTime = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.True(row.Passes($"seen_time = {value}", context));
        Assert.False(row.Passes($"seen_time < {value}", context));
        Assert.False(new Specimen { SeenTime = row.SeenTime.Value.AddMicroseconds(-1) }.Passes($"seen_time >= {value}", context));
    }

    [Theory]
    [InlineData("endOfDay()", "2026-05-31T12:00:00Z", "America/New_York", "2026-06-01T04:00:00Z")]
    [InlineData("endOfWeek(-1)", "2026-06-03T12:00:00Z", "UTC", "2026-06-01T00:00:00Z")]
    [InlineData("endOfMonth(1)", "2026-01-31T12:00:00Z", "UTC", "2026-03-01T00:00:00Z")]
    [InlineData("endOfQuarter()", "2026-05-31T12:00:00Z", "Europe/Berlin", "2026-06-30T22:00:00Z")]
    [InlineData("endOfYear(-1)", "2026-05-31T12:00:00Z", "Asia/Kolkata", "2025-12-31T18:30:00Z")]
    public void Periods_end_with_the_last_moment_before_the_next(string value, string now, string zone, string next)
    {
        var context = Samples.At(now, zone);
        var row = new Specimen { SeenTime = DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.False(row.Passes($"seen_time <= {value}", context));
        Assert.True(new Specimen { SeenTime = row.SeenTime.Value.AddMicroseconds(-1) }.Passes($"seen_time = {value}", context));
    }

    [Theory]
    [InlineData("endOfMonth()", "2024-02-29")]
    [InlineData("endOfWeek()", "2024-02-18")]
    [InlineData("endOfQuarter(-1)", "2023-12-31")]
    public void Of_a_date_the_end_is_the_last_day(string value, string day) =>
        Assert.True(new Specimen { Day = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }.Passes($"day = {value}", Samples.At("2024-02-13T12:00:00Z", "UTC")));

    [Theory]
    [InlineData("group.title = \"North\"", true)]
    [InlineData("group.title : \"nor\" AND group.rank >= 5", true)]
    [InlineData("group.rank > 5 OR group.custom_fields.color = red", true)]
    [InlineData("group.remark = null", true)]
    [InlineData("group:*", true)]
    [InlineData("group.title = \"South\"", false)]
    public void A_related_record_is_asked_as_the_record_itself(string filter, bool passes)
    {
        var group = new SpecimenGroup { Title = "North", Rank = 5, CustomFields = new Struct { Fields = { ["color"] = Value.ForString("red") } } };
        var context = Samples.Context with { FindRelated = (type, id) => type == typeof(SpecimenGroup) && id == group.Id ? group : null };
        Assert.Equal(passes, new Specimen { GroupId = group.Id }.Passes(filter, context));
    }

    [Theory]
    [InlineData("group.title = \"North\"", false)]
    [InlineData("group.title != \"North\"", false)]
    [InlineData("NOT group.title = \"North\"", false)]
    [InlineData("group.title = null", true)]
    [InlineData("group = null", true)]
    [InlineData("group:*", false)]
    public void Of_a_record_that_is_not_there_everything_is_unknown(string filter, bool passes)
    {
        var context = Samples.Context with { FindRelated = (_, _) => null };
        Assert.Equal(passes, new Specimen { GroupId = Guid.CreateVersion7() }.Passes(filter, context));
        Assert.Equal(passes, new Specimen().Passes(filter, context));
    }

    [Fact]
    public void Variables_are_those_of_the_caller()
    {
        var (owner, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var row = new Specimen { OwnerId = owner, TeamIds = [other] };
        var context = Samples.Context with { User = new CallerVariables(owner, [other], ["manager"], [other]) };
        Assert.True(row.Passes("owner_id = user.id", context));
        Assert.True(row.Passes("owner_id != user.subordinates", context));
        Assert.False(row.Passes("owner_id : user.subordinates", context));
        Assert.True(row.Passes("team_ids : user.teams", context));
        Assert.True(row.Passes("user.roles : \"manager\" AND owner_id:*", context));
        Assert.False(row.Passes("user.roles : \"admin\" AND owner_id:*", context));
        Assert.True(row.Passes($"user.id = {owner} user.teams : {other}", context));
        Assert.False(row.Passes("owner_id = user.id OR NOT owner_id = user.id", context with { User = CallerVariables.None }));
    }

    [Fact]
    public void A_bound_filter_names_its_fields() =>
        Assert.Equal(["custom_fields.color", "name", "price"], Samples.Bind("name = a AND (price > 5 OR custom_fields.color = red) AND user.roles : x").Fields.Order());

    [Fact]
    public void Of_a_related_record_the_field_that_names_it_is_read_too() =>
        Assert.Equal(["group.title", "group_id"], Samples.Bind("group.title = a").Fields.Order(StringComparer.Ordinal));

    [Fact]
    public void A_schema_names_its_fields_and_how_they_are_used()
    {
        var fields = Specimen.Schema.Fields.ToList();
        Assert.Contains(("amount", FilterKind.Money, true), fields);
        Assert.Contains(("status", FilterKind.Choice, false), fields);
        Assert.Equal(fields.Select(declared => declared.Name).Order(StringComparer.Ordinal), fields.Select(declared => declared.Name));
    }
}
