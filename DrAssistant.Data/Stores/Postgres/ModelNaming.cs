using System.Text.Json;
using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>The schema speaks snake_case, the code PascalCase; enums are kept as the words of the schema's CHECKs.</summary>
internal static class ModelNaming
{
    /// <summary>Names every column that has no name of its own yet.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties().Where(p => p.FindAnnotation("Relational:ColumnName") is null))
            {
                property.SetColumnName(Snake(property.Name));
            }
        }
    }

    /// <summary>Keeps an enum as text: <c>CheckedIn</c> as <c>checked_in</c>.</summary>
    public static PropertyBuilder<TEnum> HasEnumText<TEnum>(this PropertyBuilder<TEnum> property, int maxLength = 20)
        where TEnum : struct, Enum
    {
        property.HasConversion(new ValueConverter<TEnum, string>(value => EnumText.Of(value), text => EnumText.Parse<TEnum>(text)));
        return property.HasMaxLength(maxLength);
    }

    public static PropertyBuilder<TEnum?> HasEnumText<TEnum>(this PropertyBuilder<TEnum?> property, int maxLength = 20)
        where TEnum : struct, Enum
    {
        property.HasConversion(new ValueConverter<TEnum, string>(value => EnumText.Of(value), text => EnumText.Parse<TEnum>(text)));
        return property.HasMaxLength(maxLength);
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
