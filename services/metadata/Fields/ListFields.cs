using FluentValidation;
using Platform.Errors;
using Platform.Filtering;
using Platform.Metadata.Schemas;
using Platform.Paging;

namespace Platform.Metadata.Fields;

internal static class ListFields
{
    public sealed class Validator : AbstractValidator<V1.ListFieldsRequest>
    {
        public Validator() => RuleFor(request => request.Resource).Must(name => name.Length == 0 || FieldRules.IsResource(name)).WithMessage(_ => FieldRules.ResourceAdvice);
    }

    public static async Task<Result<V1.ListFieldsResponse>> Handle(V1.ListFieldsRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Fields
            .Where(row => request.Resource == "" || row.Resource == request.Resource)
            .Where(row => request.ShowDeleted || row.DeleteTime == null);
        var list = new ListRequest(request.PageSize, request.PageToken) { Query = $"{request.Resource} {request.ShowDeleted}" };
        var page = await rows.ToPageAsync(Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListFieldsResponse { SchemaVersion = await db.VersionAsync(cancellationToken), NextPageToken = page.Value.NextPageToken };
        response.Fields.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }

    private static readonly FilterSchema<CustomField> Schema = FilterSchema.Of<CustomField>(fields => fields.Text("key", field => field.Key));
}
