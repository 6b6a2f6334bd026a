using FluentValidation;
using Platform.Audit.V1;
using Platform.Auditing;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Audit;

internal static class ListEntries
{
    public sealed class Validator : AbstractValidator<ListEntriesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Text(100);
            RuleFor(request => request.Id).Text(200);
            RuleFor(request => request.Actor).Text(200);
            RuleFor(request => request.Action).Text(100);
        }
    }

    public static async Task<Result<ListEntriesResponse>> Handle(ListEntriesRequest request, ServiceLogs logs, CancellationToken cancellationToken)
    {
        if (request.PageSize is < 0 or > Pages.MaxSize)
            return Error.Invalid("pageSize", Say($"Use 1 to {Pages.MaxSize}, or leave it out for {Pages.DefaultSize}."));
        if (AuditFilters.Check(request.Filter) is { } wrong)
            return wrong;
        var filter = FilterOf(request);
        var query = filter.ToString();
        var beforeId = Guid.Empty;
        if (request.PageToken.Length > 0 && !PageToken.TryDecode(request.PageToken, query, out beforeId))
            return Error.Invalid("pageToken", "Use the nextPageToken of the same list with the same filter, unchanged.");

        var size = request.PageSize == 0 ? Pages.DefaultSize : request.PageSize;
        var response = new ListEntriesResponse();
        await foreach (var entry in logs.ReadAsync(filter, request.PageToken.Length > 0 ? beforeId.ToString() : "", size + 1, cancellationToken))
        {
            if (response.Entries.Count == size)
            {
                response.NextPageToken = PageToken.Encode(Guid.Parse(response.Entries[^1].Id), query);
                break;
            }

            response.Entries.Add(entry);
        }

        return response;
    }

    private static EntryFilter FilterOf(ListEntriesRequest request) => new()
    {
        Resource = request.Resource,
        ResourceId = request.Id,
        Actor = request.Actor,
        Action = request.Action,
        StartTime = request.StartTime,
        EndTime = request.EndTime,
        Filter = request.Filter,
    };
}
