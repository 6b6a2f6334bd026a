using CsCheck;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Testing;
using Xunit;

namespace Platform.Tests.Filtering;

public sealed class PagingFacts(SpecimenDatabase specimens) : IClassFixture<SpecimenDatabase>
{
    private static readonly FilterContext Acme = Samples.Context with { Tenant = TestTenants.Acme };

    [Fact]
    public async Task Pages_of_any_order_are_the_whole_list_cut() => await Gen.Select(Orders(), Gen.Int[3, 60]).SampleAsync(
        async (order, size) =>
        {
            var whole = await WalkAsync(order, 200);
            Assert.Equal(whole, await WalkAsync(order, size));
            Assert.Equal(specimens.Rows.Count, whole.Distinct().Count());
        },
        iter: 25,
        threads: 1);

    [Fact]
    public async Task Text_is_sorted_without_regard_to_case_and_what_is_missing_comes_last()
    {
        var tenant = Guid.CreateVersion7();
        await AddAsync(tenant, "b", "A", "a", "B", null, "Ж", "c");
        var context = Samples.Context with { Tenant = tenant };
        string Name(Guid id, IEnumerable<Specimen> rows) => rows.Single(row => row.Id == id).Note?.ToLowerInvariant() ?? "none";
        await using var db = specimens.Open(tenant);
        var rows = await db.Specimens.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a", "a", "b", "b", "c", "ж", "none"], (await WalkAsync("note", 2, context)).Select(id => Name(id, rows)));
        Assert.Equal(["none", "ж", "c", "b", "b", "a", "a"], (await WalkAsync("note desc", 2, context)).Select(id => Name(id, rows)));
    }

    [Fact]
    public async Task Rows_that_come_while_pages_are_read_shift_nothing()
    {
        var tenant = Guid.CreateVersion7();
        var context = Samples.Context with { Tenant = tenant };
        var first = await AddAsync(tenant, [.. Enumerable.Range(0, 20).Select(i => $"{i % 4}")]);
        var seen = new List<Guid>();
        for (var token = ""; ;)
        {
            var page = await PageAsync(new ListRequest(3, token) { OrderBy = "note desc, price" }, context);
            seen.AddRange(page.Value!.Items.Select(row => row.Id));
            if ((token = page.Value.NextPageToken).Length == 0)
                break;
            await AddAsync(tenant, "0", "1", "2", "3", null);
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(first.Except(seen));
    }

    [Fact]
    public async Task A_token_belongs_to_its_list_its_order_and_its_tenant()
    {
        var request = new ListRequest(5, "") { Filter = "price:*", OrderBy = "name, price desc", Query = "q" };
        var next = request with { PageToken = (await PageAsync(request, Acme)).Value!.NextPageToken };
        Assert.False((await PageAsync(next, Acme)).IsError);
        await RefusedAsync(next with { Filter = "price:* count:*" }, Acme);
        await RefusedAsync(next with { OrderBy = "name, price" }, Acme);
        await RefusedAsync(next with { OrderBy = "" }, Acme);
        await RefusedAsync(next with { Query = "other" }, Acme);
        await RefusedAsync(next, Acme with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") });
        await RefusedAsync(next, Acme with { Tenant = TestTenants.Globex });
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var request = new ListRequest(5, "") { OrderBy = "note, create_time desc" };
        var token = (await PageAsync(request, Acme)).Value!.NextPageToken;
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            // The last character of Base64 may hold bits that stand for nothing.
            if (i < token.Length - 1)
                await RefusedAsync(request with { PageToken = changed }, Acme);
            await RefusedAsync(request with { PageToken = token[..i] + "!" }, Acme);
            if (i > 0)
                await RefusedAsync(request with { PageToken = token[..i] }, Acme);
        }
    }

    [Fact]
    public void A_forged_token_is_no_more_than_a_place_in_the_list() => Gen.Select(Gen.String.Null().Array[0, 4], Gen.String).Sample((values, text) =>
    {
        var request = new PageRequest(0, "", "q", TestTenants.Acme);
        var order = OrderBy.Parse("price, note desc, day").Value!.Bind(Specimen.Schema).Value!;
        var forged = OrderedPageToken.Decode(request with { Token = OrderedPageToken.Encode([.. values, "id"], request, "o") }, "o");
        Assert.NotNull(forged);
        Assert.Null(OrderedPageToken.Decode(request with { Token = text }, "o"));
        foreach (var (key, value) in order.Keys.Zip(forged))
            _ = key.SortKey.SeekFrom(value, key.Descending);
    });

    private static Gen<string> Orders() => Gen.Shuffle(Specimen.Schema.Fields.Where(declared => declared.Sortable).Select(declared => declared.Name).ToArray(), 1, 4)
        .SelectMany(names => Gen.Bool.Array[names.Length].Select(descending => string.Join(", ", names.Zip(descending, (name, down) => down ? $"{name} desc" : name))));

    private async Task<List<Guid>> WalkAsync(string order, int size, FilterContext? context = null)
    {
        var ids = new List<Guid>();
        for (var token = ""; ;)
        {
            var page = await PageAsync(new ListRequest(size, token) { OrderBy = order }, context ?? Acme);
            Assert.False(page.IsError, page.Error?.Message);
            ids.AddRange(page.Value!.Items.Select(row => row.Id));
            if ((token = page.Value.NextPageToken).Length == 0)
                return ids;
        }
    }

    private async Task<Result<Page<Specimen>>> PageAsync(ListRequest request, FilterContext context)
    {
        await using var db = specimens.Open(context.Tenant!.Value);
        return await db.Specimens.ToPageAsync(Specimen.Schema, request, context, TestContext.Current.CancellationToken);
    }

    private async Task RefusedAsync(ListRequest request, FilterContext context) =>
        Assert.Equal("pageToken", Assert.Single((await PageAsync(request, context)).Error?.Violations ?? []).Field);

    private async Task<List<Guid>> AddAsync(Guid tenant, params string?[] notes)
    {
        await using var db = specimens.Open(tenant);
        var rows = notes.Select(note => new Specimen { Note = note }).ToList();
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return [.. rows.Select(row => row.Id)];
    }
}
