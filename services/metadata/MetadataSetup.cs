using FluentValidation;
using Grpc.AspNetCore.Server;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;
using Platform.Metadata.Packages;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata;

internal static class MetadataSetup
{
    public static IServiceCollection AddMetadata(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<FieldOptions>(configuration.GetSection("Fields"))
        .Configure<GrpcServiceOptions>(options => options.Interceptors.Add<LanguageInterceptor>())
        .AddScoped<ShapeWork>()
        .AddScoped<PackagedFields>()
        .AddScoped<PackagedObjects>()
        .AddScoped<PackageSteps>()
        .AddSingleton<IValidator<V1.ApplyMetadataRequest>, ApplyMetadata.Validator>()
        .AddSingleton<FieldPurgeQueue>()
        .AddHostedService<FieldPurger>()
        .AddSingleton<IValidator<V1.ListFieldsRequest>, ListFields.Validator>()
        .AddSingleton<IValidator<V1.CreateFieldRequest>, CreateField.Validator>()
        .AddSingleton<IValidator<V1.UpdateFieldRequest>, UpdateField.Validator>()
        .AddSingleton<IValidator<V1.CreateObjectTypeRequest>, CreateObjectType.Validator>()
        .AddSingleton<IValidator<V1.UpdateObjectTypeRequest>, UpdateObjectType.Validator>()
        .AddSingleton<IValidator<V1.GetSchemaRequest>, GetSchema.Validator>();
}
