import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = ['#eef7f7', '#dcecee', '#b8d8da', '#8fc2c6', '#6bb0b4', '#4d9ea3', '#36898e', '#277b80', '#1f6f75', '#114f54'];

/** Greys with a little of the accent in them, from text to the deepest background. */
const dark: MantineColorsTuple = ['#d8dde0', '#b9c1c6', '#9aa4ab', '#7d888f', '#3a444a', '#2b3338', '#20262a', '#1a1f22', '#14181b', '#0f1214'];

/** Dense and calm: 13 px text, small radii, one accent. */
export const theme = createTheme({
  primaryColor: 'ink',
  // With these shades white text on a filled control has a contrast of 4.5 or more in both schemes.
  primaryShade: { light: 8, dark: 8 },
  colors: { ink, dark },
  fontFamily: 'Inter, "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'xs', hideControls: true } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    Autocomplete: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    MultiSelect: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 3 } },
    Switch: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    FileInput: { defaultProps: { size: 'xs' } },
    // Where there is no room for all of it, it is scrolled rather than cut.
    SegmentedControl: { defaultProps: { size: 'xs' }, styles: { root: { maxWidth: '100%', overflowX: 'auto' } } },
    Modal: { defaultProps: { centered: true, size: 'md', overlayProps: { backgroundOpacity: 0.4 } } },
    Paper: { defaultProps: { withBorder: true, p: 'sm' } },
    Text: { defaultProps: { size: 'sm' } },
    Anchor: { defaultProps: { size: 'sm' } },
    // Mantine's own colours of the title are too pale for some of its alerts.
    Alert: { defaultProps: { p: 'sm' }, styles: { title: { color: 'var(--mantine-color-text)' } } },
    // Its placeholder for the first focus is no menu item, which a menu may not contain.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

/** Mantine's own dimmed and placeholder greys fall short of a contrast of 4.5 on white. */
export const consoleVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59626b',
    '--mantine-color-placeholder': '#6a737c',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#ced4da',
    '--console-canvas': '#f6f8f8',
    '--console-line': '#e3e8ea',
    '--console-row-hover': '#f1f6f6',
  },
  dark: {
    '--mantine-color-dimmed': '#a3abb2',
    '--mantine-color-placeholder': '#8f979e',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-text': '#d8dde0',
    '--mantine-color-body': '#1a1f22',
    '--mantine-color-default': '#20262a',
    '--mantine-color-default-hover': '#283035',
    '--mantine-color-default-border': '#3a444a',
    '--console-canvas': '#14181b',
    '--console-line': '#2b3338',
    '--console-row-hover': '#222a2e',
  },
});
