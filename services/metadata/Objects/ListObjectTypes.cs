using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;

namespace Platform.Metadata.Objects;

internal static class ListObjectTypes
{
    private static readonly FilterSchema<CustomObject> Schema = FilterSchema.Of<CustomObject>(fields => fields.Text("key", known => known.Key));

    public static async Task<Result<V1.ListObjectTypesResponse>> Handle(V1.ListObjectTypesRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Objects.Where(row => request.ShowDeleted || row.DeleteTime == null);
        var list = new ListRequest(request.PageSize, request.PageToken) { Query = $"{request.ShowDeleted}" };
        var page = await rows.ToPageAsync(Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListObjectTypesResponse { NextPageToken = page.Value.NextPageToken };
        response.ObjectTypes.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
