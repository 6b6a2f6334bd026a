using FluentValidation;
using Grpc.AspNetCore.Server;
using Platform.Languages;
using Platform.Metadata.Dashboards;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Fields;
using Platform.Metadata.Layouts;
using Platform.Metadata.Objects;
using Platform.Metadata.Packages;
using Platform.Metadata.Resources;
using Platform.Metadata.Schemas;
using Platform.Metadata.Shapes;
using Platform.Metadata.Themes;
using Platform.Metadata.Views;

namespace Platform.Metadata;

internal static class MetadataSetup
{
    /// <summary>Answers for what a company says of its screens.</summary>
    public static void MapShapes(this WebApplication app)
    {
        app.MapGrpcService<DictionariesService>();
        app.MapGrpcService<SavedViewsService>();
        app.MapGrpcService<LayoutsService>();
        app.MapGrpcService<DashboardsService>();
        app.MapGrpcService<ThemesService>();
        app.MapGrpcService<MetadataPackagesService>();
    }

    public static IServiceCollection AddMetadata(this IServiceCollection services, IConfiguration configuration) => services
        .AddWording(typeof(MetadataSetup).Assembly)
        .Configure<FieldOptions>(configuration.GetSection("Fields"))
        .Configure<GrpcServiceOptions>(options => options.Interceptors.Add<LanguageInterceptor>())
        .AddSingleton<DescribedSchemas>()
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
        .AddSingleton<IValidator<V1.EvaluateFormulaRequest>, EvaluateFormula.Validator>()
        .AddSingleton<IValidator<V1.CreateObjectTypeRequest>, CreateObjectType.Validator>()
        .AddSingleton<IValidator<V1.UpdateObjectTypeRequest>, UpdateObjectType.Validator>()
        .AddSingleton<IValidator<V1.GetSchemaRequest>, GetSchema.Validator>();
}
