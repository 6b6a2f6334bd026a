using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Search.Index;
using Platform.Tenancy;

namespace Platform.Search.Searching;

/// <summary>
/// Finds records that the caller may read. The index gives candidates by fields that the caller may read, the owners of the records
/// say which of them the caller may read, and more are looked at until the page is full or enough were looked at.
/// </summary>
internal sealed class SearchRecords(ISearchIndex index, VisibleRecords visible, CustomFieldDirectory directory, Caller caller)
{
    public const int DefaultSize = 20;
    public const int MaxSize = 50;

    // What the facets of a first page count; an owner is asked for all of them at once.
    private const int FirstLook = 300;
    private const int NextLook = 150;

    // A page for which more than this had to be looked at is shorter than it was asked for.
    private const int MostLooked = 900;

    public async Task<Result<V1.SearchResponse>> HandleAsync(V1.SearchRequest request, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (caller.TenantId is not { } tenant || caller.Permissions.Count == 0)
            return Error.PermissionDenied("contacts.read");
        var response = new V1.SearchResponse();
        var after = SearchPageToken.Decode(tenant, request);
        if (after is null && request.PageToken.Length > 0)
            return Error.Invalid("pageToken", "Use the nextPageToken of the same search, unchanged.");
        await directory.LoadAsync(caller, cancellationToken);
        var kinds = ReadableKinds.Of(caller, request.Types_);
        if (kinds.Fields.Count == 0)
            return response;
        var words = await SearchWords.ReadAsync(request.Q, index, cancellationToken);
        await FillAsync(response, request, new IndexQuery(words.Terms, words.Keys, words.Beginnings, kinds.Fields, after, after is null ? FirstLook : NextLook), (kinds, words, tenant), cancellationToken);
        return response;
    }

    private async Task FillAsync(V1.SearchResponse response, V1.SearchRequest request, IndexQuery query, (ReadableKinds Kinds, SearchWords Words, Guid Tenant) search, CancellationToken cancellationToken)
    {
        var (size, looked) = (request.PageSize == 0 ? DefaultSize : request.PageSize, 0);
        while (true)
        {
            var found = await index.FindAsync(query, cancellationToken);
            var (readable, unavailable) = await visible.FilterAsync(found, cancellationToken);
            if (request.PageToken.Length == 0 && looked == 0)
                AddFacets(response, readable, found.Count == query.Limit);
            response.UnavailableTypes.AddRange(unavailable.Except(response.UnavailableTypes));
            var room = size - response.Hits.Count;
            response.Hits.AddRange(readable.Take(room).Select(candidate => HitOf(candidate, search.Kinds, search.Words)));
            looked += found.Count;
            if (readable.Count > room)
                response.NextPageToken = SearchPageToken.Encode(readable[room - 1].Place, search.Tenant, request);
            else if (found.Count == query.Limit && (readable.Count == room || looked >= MostLooked))
                response.NextPageToken = SearchPageToken.Encode(found[^1].Place, search.Tenant, request);
            else if (found.Count == query.Limit)
            {
                query = query with { After = found[^1].Place, Limit = NextLook };
                continue;
            }

            return;
        }
    }

    private static void AddFacets(V1.SearchResponse response, IReadOnlyList<Candidate> readable, bool isPartial)
    {
        response.Facets.AddRange(readable.GroupBy(candidate => candidate.Type).Select(group => new V1.Facet { Type = group.Key, Count = group.Count() })
            .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Type, StringComparer.Ordinal));
        response.FacetsPartial = isPartial;
    }

    private static V1.Hit HitOf(Candidate found, ReadableKinds kinds, SearchWords words) => new()
    {
        Type = found.Type,
        Id = found.Id.ToString(),
        Title = kinds.TitleOf(found),
        Fragments = { Fragments.Of(kinds.TextsOf(found), words) },
        AsOfTime = found.AsOf.ToTimestamp(),
    };
}
