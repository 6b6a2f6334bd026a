using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Inventory.Products;

internal static class ExportProducts
{
    public sealed class Validator : AbstractValidator<V1.ExportProductsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportProductsRequest request, IServerStreamWriter<HttpBody> output, InventoryDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Product.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
}
