using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Records.Objects;

internal static class ListRecords
{
    public sealed class Validator : AbstractValidator<V1.ListRecordsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.Query).Text(200);
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListRecordsResponse>> Handle(V1.ListRecordsRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var kind = RecordKinds.Of(known.Value.Key, request.ShowDeleted ? RecordState.Deleted : RecordState.InUse);
        var rows = db.Records.Of(kind).AsQueryable();
        if (request.Query.Length > 0)
        {
            var pattern = Like.Containing(request.Query);
            // Nobody finds out by searching what they may not see.
            var (inName, inNumber) = (db.Caller.CanRead(kind.Info, "name"), db.Caller.CanRead(kind.Info, "number"));
            rows = rows.Where(row => (inName && EF.Functions.ILike(row.Name, pattern)) || (inNumber && EF.Functions.ILike(row.Number, pattern)));
        }

        var context = FilterContext.Of(db, time, request.TimeZone);
        var list = new ListRequest(request.PageSize, request.PageToken)
        {
            Filter = request.Filter,
            OrderBy = request.OrderBy,
            Query = $"{known.Value.Key} {request.ShowDeleted} {request.Query}",
        };
        var page = await rows.ToPageAsync(kind.Schema, list, context, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListRecordsResponse { NextPageToken = page.Value.NextPageToken };
        response.Records.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        if (request.ShowTotal)
            response.TotalSize = await CountAsync(rows, kind.Schema, request.Filter, context, cancellationToken);
        return response;
    }

    private static Task<long> CountAsync(IQueryable<Record> rows, FilterSchema<Record> schema, string filter, FilterContext context, CancellationToken cancellationToken)
    {
        // Found good by the page.
        var bound = Filter.Parse(filter).Value!;
        return (bound.IsEmpty ? rows : rows.Where(bound.Bind(schema, context.CustomFields).Value!.ToPredicate(context))).LongCountAsync(cancellationToken);
    }
}
